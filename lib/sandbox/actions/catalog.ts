import { jsonObjectsIn } from '../../json-object.js';
import { type Actions, data, type Handler, invalid, on } from './action.js';
import { catalogSummary } from './catalog-summary.js';
import { productPrices } from './pricing.js';

const PRODUCT = '/catalog/products/:product_id';

const setImage = (path: string): Handler =>
  on(path, (entry, { body }) => {
    entry.values['image_url'] = `https://images.example.com/${String(body['image_file'] ?? body['image_url'] ?? 'image.jpg')}`;
    return data({ image_url: entry.values['image_url'] });
  });

const removeImage = (path: string): Handler =>
  on(path, (entry) => {
    entry.values['image_url'] = '';
    return { status: 204 };
  });

/** Sets prices of several lists. A record is identified by its list, variant and currency. */
const setPrices: Handler = ({ incoming, tables }) => {
  for (const row of jsonObjectsIn(incoming.body)) {
    const list = tables.of('/pricelists').get(String(row['price_list_id']), {});
    if (list === undefined) return invalid('A price list is unknown.', { price_list_id: 'is unknown' });
    const records = tables.of('/pricelists/:price_list_id/records');
    const existing = records
      .list({ price_list_id: list.key })
      .find(({ values }) => values['variant_id'] === row['variant_id'] && values['currency'] === row['currency']);
    if (existing !== undefined) Object.assign(existing.values, row);
    else records.insert('variant_id', row, { price_list_id: list.key }, ['currency']);
  }
  return data({});
};

export const CATALOG_ACTIONS: Actions = {
  'GET /v3/catalog/summary': catalogSummary,
  'POST /v3/catalog/brands/:$key/image': setImage('/brands'),
  'DELETE /v3/catalog/brands/:$key/image': removeImage('/brands'),
  'POST /v3/catalog/categories/:$key/image': setImage('/categories'),
  'DELETE /v3/catalog/categories/:$key/image': removeImage('/categories'),
  [`POST /v3${PRODUCT}/variants/:$key/image`]: setImage(`${PRODUCT}/variants`),
  [`POST /v3${PRODUCT}/modifiers/:modifier_id/values/:$key/image`]: setImage(`${PRODUCT}/modifiers/:modifier_id/values`),
  'POST /v3/pricing/products': productPrices,
  'POST /v3/pricelists/records': setPrices,
  'PUT /v3/pricelists/records': setPrices,
  'PUT /v3/pricelists/:$key/assignments': on('/pricelists', (entry, { body, tables }) => {
    const row = { price_list_id: Number(entry.key), ...body };
    return data(tables.of('/pricelists/assignments').insert('id', row, {}).values);
  }),
};
