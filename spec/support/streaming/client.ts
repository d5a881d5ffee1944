/** A process of its own that streams records, and prints how many there were and the peak of the memory that they kept, in bytes. */
import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';

const [, , port, what, total] = process.argv;
Session.configure({ storeHash: 'abc', accessToken: 'token', baseUrl: `http://127.0.0.1:${port}` });

let seen = 0;
let peak = 0;

/** Every 5,000 records, what is left after a collection: garbage that is yet to be collected says nothing of the library. */
function count(isDone: boolean): void {
  if (!isDone || ++seen % 5000 !== 0) return;
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  peak = Math.max(peak, heapUsed + arrayBuffers);
}

function* changed(): Generator<Product> {
  for (let id = 1; id <= Number(total); id++) {
    const product = Product.load({ id, price: 0 });
    product.price = id;
    yield product;
  }
}

if (what === 'read') for await (const product of Product.where({ is_visible: true })) count(product.id > 0);
else for await (const { status } of Product.saveMany(changed())) count(status === 'succeeded');
console.log(JSON.stringify({ seen, peak }));
