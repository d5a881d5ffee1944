/** Common errors and their messages. */
import { BigRecordError, RecordNotFoundError, Session, ValidationError } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

const sandbox = await Sandbox.start();
Session.configure({ ...sandbox.credentials, retry: { baseMs: 20 } });

async function attempt(code: string, run: () => unknown): Promise<void> {
  console.log(`\n${code}`);
  try {
    await run();
    console.log('    fine');
  } catch (error) {
    if (!(error instanceof BigRecordError)) throw error;
    console.log(`    ${error.name}: ${error.message}`);
    if (error instanceof ValidationError) console.log('    errors:', error.errors);
    if (error instanceof RecordNotFoundError) console.log('    status:', error.status, 'path:', error.path);
  }
}

await attempt('await v2.Product.find(9999)', () => v2.Product.find(9999));
await attempt('await v3.Product.find([1, 2, 777, 888])', () => v3.Product.find([1, 2, 777, 888]));
await attempt("await new v3.Product({ name: 'Mug' }).save()", () => new v3.Product({ name: 'Mug' }).save());
await attempt("await v2.Product.find('../orders')", () => v2.Product.find('../orders'));
await attempt('await ProductOption.of(1).deleteAll()', () => v2.ProductOption.of(1).deleteAll());
await attempt('await v2.ProductImage.all()          // whose?', () => v2.ProductImage.all());

sandbox.fail({ status: 503, times: 2 });
await attempt('two 503 responses, then a good one: a read is retried', () => v2.Product.find(1));
sandbox.fail({ status: 502, times: 9, body: '<html><title>Bad gateway</title></html>', method: 'POST' });
await attempt('a create that got a 502 may have been carried out, so it is not sent again', () => v3.Brand.create({ name: 'Once' }));
sandbox.heal();

const product = await v3.Product.find(1);
await product.destroy();
await attempt('saving a destroyed record', () => product.save());
await new Session({ ...sandbox.credentials, accessToken: 'not-the-token-of-this-store' }).run(() =>
  attempt('a wrong token', () => v2.Product.first()),
);
await sandbox.stop();
