import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { run } from '../support/run.js';

const EXAMPLES = resolve(dirname(fileURLToPath(import.meta.url)), '../../examples');

/** A line that each example must print: the heart of what it shows. */
const SHOWN: Readonly<Record<string, string>> = {
  'quickstart.js': '→ PUT /v2/products/1  {"price":"199.90"}',
  'filters.js': '→ GET /v3/catalog/products?inventory_level:min=30&is_visible=true',
  'relations.js': '→ GET /v2/customers/1',
  'order-lines.js': '→ PUT /v2/orders/140  {"products":[{"id":82,"quantity":0}]}',
  'custom-model.js': '→ POST /v3/widgets  {"name":"Banner","size":{"width":3,"height":2}}',
  'two-stores.js': 'north: Northern bowl',
  'bulk.js': '20 saved in 2 requests',
  'channel-settings.js': '→ PUT /v3/settings/storefront/seo?channel_id=2  {"page_title":"The outlet"}',
  'catalog.js': '→ POST /v3/pricing/products',
  'logging.js': '"msg":"retry"',
  'opentelemetry.js': 'PUT /catalog/products/{id} 200 retry: status 503',
  'webhooks.js': 'store/order/statusUpdated: order 100 has status 11',
  'errors.js': 'RecordNotFoundError: No Product with id 777, 888',
};

describe('the examples', function () {
  this.timeout(300_000);

  it('are all known here', async () => {
    const files = (await readdir(EXAMPLES)).filter((file) => file.endsWith('.js'));
    expect(files).to.have.members(Object.keys(SHOWN));
  });

  for (const [file, line] of Object.entries(SHOWN)) {
    it(`run as they are: ${file}`, async () => {
      const { stdout, stderr } = await run(process.execPath, [join(EXAMPLES, file)], { env: { PATH: process.env['PATH'] } });
      expect(stdout).to.contain(line);
      expect(stderr).to.equal('');
    });
  }
});
