import type { JsonObject } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { IMAGES } from './catalog-paths.js';
import type { Families, Family } from './family.js';
import { defaultsFor, isSet, refusing, tooLong } from './rules.js';

const MOST_IMAGES = 1000;

/** The sizes that the store makes of each image, by name. */
const SIZES: Readonly<Record<string, string>> = { zoom: '1280.1280', standard: '386.513', thumbnail: '220.290', tiny: '44.58' };

/** Returns the part of an address that names the file. */
const fileOf = (address: unknown): string =>
  decodeURIComponent(
    String(address)
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? '',
  );

/** Returns the addresses of the sizes of an image: `url_zoom` of V3, `zoom_url` of V2. */
export function addressesOf(product: string, id: unknown, file: unknown): JsonObject {
  const [, name = '', extension = 'jpg'] = /^(.*?)(?:\.(\w+))?$/.exec(fileOf(file)) ?? [];
  const addresses = Object.entries(SIZES).flatMap(([size, pixels]) => {
    const address = `https://cdn.example.com/products/${product}/images/${String(id)}/${encodeURIComponent(name)}.${pixels}.${extension}`;
    return [
      [`url_${size}`, address],
      [`${size}_url`, address],
    ];
  });
  return Object.fromEntries(addresses);
}

const imagesOf = (tables: Tables, product: string): Entry[] => tables.of(IMAGES).list({ product_id: product });

export const hasImages = (tables: Tables, product: string): boolean => imagesOf(tables, product).length > 0;

/** Leaves a product with one thumbnail: the image that was chosen last, or else the first one. */
export function chooseThumbnail(tables: Tables, product: string, chosen?: Entry): void {
  const images = imagesOf(tables, product);
  const places = images.map((image) => Number(image.values['sort_order'] ?? 0));
  const first = images[places.indexOf(Math.min(...places))];
  const thumbnail =
    chosen?.values['is_thumbnail'] === true ? chosen : (images.find(({ values }) => values['is_thumbnail'] === true) ?? first);
  for (const image of images) image.values['is_thumbnail'] = image === thumbnail;
}

/** Returns the thumbnail of a product, as products show it. V2 has empty values where there is none. */
export function primaryImage(tables: Tables, product: string, isV2 = false): JsonObject | null {
  const image = imagesOf(tables, product).find(({ values }) => values['is_thumbnail'] === true);
  if (!isV2) return image === undefined ? null : { product_id: Number(product), ...image.values, ...addressesIn(image) };
  const names = Object.keys(SIZES).map((size) => `${size}_url`);
  const addresses = image === undefined ? {} : addressesIn(image);
  return { id: image?.values['id'] ?? 0, ...Object.fromEntries(names.map((name) => [name, addresses[name] ?? null])) };
}

const addressesIn = ({ parents, values }: Entry): JsonObject =>
  addressesOf(parents['product_id'] ?? '', values['id'], values['image_file'] ?? values['image_url']);

/** Moves the rows at a new position, and those after it. */
export function makeRoom(rows: readonly Entry[], moved: Entry): void {
  const place = Number(moved.values['sort_order']);
  const others = rows.filter((row) => row !== moved);
  if (!others.some(({ values }) => Number(values['sort_order']) === place)) return;
  for (const { values } of others) if (Number(values['sort_order']) >= place) values['sort_order'] = Number(values['sort_order']) + 1;
}

const IMAGE: Family = {
  refusalOf({ body, entry, parents, tables }) {
    return refusing({
      ...tooLong(body, { image_url: 255 }),
      ...(entry === undefined && imagesOf(tables, parents['product_id'] ?? '').length >= MOST_IMAGES
        ? { images: `a product has at most ${MOST_IMAGES} images` }
        : {}),
    });
  },
  stored({ body, entry, parents, tables }) {
    const file = body['image_file'] ?? body['image_url'];
    const defaults = { is_thumbnail: false, sort_order: imagesOf(tables, parents['product_id'] ?? '').length, description: '' };
    return {
      ...(entry === undefined ? { ...defaultsFor(body, defaults), date_created: tables.clock.iso() } : {}),
      // Forms send text.
      ...(typeof body['is_thumbnail'] === 'string' ? { is_thumbnail: ['true', '1'].includes(body['is_thumbnail']) } : {}),
      ...(isSet(file) ? { image_file: body['image_file'] ?? fileOf(file) } : {}),
    };
  },
  complete({ body, entry, tables }) {
    const product = entry.parents['product_id'] ?? '';
    Object.assign(entry.values, addressesIn(entry));
    if (body['sort_order'] !== undefined) makeRoom(imagesOf(tables, product), entry);
    chooseThumbnail(tables, product, entry);
  },
  removed({ entry, tables }) {
    chooseThumbnail(tables, entry.parents['product_id'] ?? '');
  },
};

/** The rules of product images (products_catalog.v3.yml, archive/…/v2-product-images). */
export const IMAGE_FAMILIES: Families = {
  'v3 /catalog/products/:product_id/images': IMAGE,
  'v2 /products/:product_id/images': IMAGE,
};
