import { isRow, type Row } from '../guides/samples.js';
import { type Request, rowsIn, rowsWithin } from './fill.js';
import type { Place } from './places.js';
import { addNamed } from './references.js';
import type { Seeds } from './seeds.js';

/** The addresses of categories, which V2 shows and V3 stores. */
export function addAddresses({ method, response }: Request, _: Place, seeds: Seeds): void {
  if (method !== 'GET') return;
  for (const { id, url } of rowsIn(response, 'v2'))
    if (typeof id === 'number' && typeof url === 'string')
      seeds.add('/catalog/categories', { id, custom_url: { url, is_customized: true } });
}

/** The thumbnail of a product, where the image that is shown is another one: the only image is the thumbnail. */
export function addThumbnail({ response, values: { product_id = '' } }: Request, _: Place, seeds: Seeds): void {
  const rows = rowsIn(response, 'v2');
  if (rows.length !== 1 || rows[0]?.['is_thumbnail'] !== false) return;
  seeds.add('/catalog/products/:product_id/images', { id: 900_001, is_thumbnail: true, sort_order: 0 }, { product_id });
}

/** The price of a product of which only the calculated one is shown. */
export function addPrice({ id, price, calculated_price }: Row, seeds: Seeds): void {
  if (typeof id === 'number' && price === undefined && calculated_price !== undefined)
    seeds.add('/catalog/products', { id, price: Number(calculated_price) });
}

/** The locations of pickup methods that a request changes. */
export function addPickupLocations({ response }: Request, _: Place, seeds: Seeds): void {
  for (const { location_id } of rowsIn(response, 'v3')) addNamed('location_id', location_id, seeds);
}

/** The retail prices that the prices of products show. */
export function addRetailPrices({ path, body, response }: Request, seeds: Seeds): void {
  if (path !== '/pricing/products') return;
  const told = rowsIn(response, 'v3');
  for (const [at, { product_id }] of rowsWithin(body)
    .filter((row) => typeof row['product_id'] === 'number')
    .entries()) {
    const price = told[at]?.['retail_price'];
    if (isRow(price)) seeds.add('/catalog/products', { id: product_id, retail_price: price['as_entered'] });
  }
}
