import { asJsonObject } from '../../json-object.js';
import { type Actions, data, type Handler, invalid, on } from './action.js';
import { PRICE_LIST_ACTIONS } from './catalog-price-lists.js';
import { catalogSummary } from './catalog-summary.js';
import { productPrices } from './pricing.js';

const PRODUCT = '/catalog/products/:product_id';

/** Stores the image of a record: a file that is uploaded, or the address of one. */
const setImage = (path: string): Handler =>
  on(path, (entry, { body }) => {
    const { image_file, image_url } = body;
    if (image_file === undefined && image_url === undefined)
      return invalid('The image is not valid.', { image_file: 'image_file is required' });
    const address = image_file === undefined ? String(image_url) : `https://cdn.example.com/${String(image_file)}`;
    // V2 calls it a file.
    Object.assign(entry.values, { image_url: address, image_file: address });
    return data({ image_url: address });
  });

/** Stores the image of the value of a modifier, which is one of the things that the value changes. */
const setValueImage: Handler = on(`${PRODUCT}/modifiers/:modifier_id/values`, (entry, { body }) => {
  const { image_file } = body;
  if (image_file === undefined) return invalid('The image is not valid.', { image_file: 'image_file is required' });
  const image_url = `https://cdn.example.com/${String(image_file)}`;
  entry.values['adjusters'] = { ...asJsonObject(entry.values['adjusters']), image_url };
  return data({ image_url });
});

const removeImage = (path: string): Handler =>
  on(path, (entry) => {
    Object.assign(entry.values, { image_url: '', image_file: '' });
    return { status: 204 };
  });

export const CATALOG_ACTIONS: Actions = {
  'GET /v3/catalog/summary': catalogSummary,
  'POST /v3/catalog/brands/:$key/image': setImage('/brands'),
  'DELETE /v3/catalog/brands/:$key/image': removeImage('/brands'),
  'POST /v3/catalog/categories/:$key/image': setImage('/categories'),
  'DELETE /v3/catalog/categories/:$key/image': removeImage('/categories'),
  [`POST /v3${PRODUCT}/variants/:$key/image`]: setImage(`${PRODUCT}/variants`),
  [`POST /v3${PRODUCT}/modifiers/:modifier_id/values/:$key/image`]: setValueImage,
  'POST /v3/pricing/products': productPrices,
  ...PRICE_LIST_ACTIONS,
};
