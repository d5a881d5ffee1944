/** Two stores at once: models bound to a session, and code that runs in a session. */
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v2';

const [north, south] = await Promise.all([Sandbox.start({ storeHash: 'north' }), Sandbox.start({ storeHash: 'south' })]);
const [northern, southern] = [new Session(north.credentials), new Session(south.credentials)];

const rename = async (name: string): Promise<string> => {
  const product = await Product.find(1);
  product.name = name;
  await product.save();
  return `${product.session.storeHash}: ${product.name}`;
};
console.log(await Promise.all([northern.run(() => rename('Northern bowl')), southern.run(() => rename('Southern bowl'))]));

const SouthernProduct = Product.using(southern);
console.log(
  'through using():',
  (await SouthernProduct.find(1)).name,
  '| north has',
  north.requests.length,
  'requests, south has',
  south.requests.length,
);

await Promise.all([north.stop(), south.stop()]);
