import type { JsonObject } from '../../json-object.js';
import { BRAND_DEFAULTS } from './catalog-defaults.js';
import { type Forms, fromV2, type Names, showIn, underBothNames, WORDS } from './catalog-forms.js';
import { PRODUCTS } from './catalog-paths.js';
import type { Change, Families, Family } from './family.js';
import { defaultsFor, isSet, pathFor, refusing, tooLong } from './rules.js';

const TEXTS = { name: 255, page_title: 255, meta_description: 65_535, search_keywords: 65_535 };

/** Brands and categories have the same forms and names in V2. */
export const PAGE_FORMS: Forms = { meta_keywords: WORDS };
export const PAGE_NAMES: Names = { image_file: 'image_url' };

function stored({ body, entry, resource }: Change): JsonObject {
  const url = isSet(body['custom_url']) || entry !== undefined ? {} : { custom_url: { url: pathFor(body['name']), is_customized: false } };
  return {
    ...(entry === undefined ? defaultsFor(body, BRAND_DEFAULTS) : {}),
    ...(resource.version === 'v2' ? fromV2(body, PAGE_FORMS) : {}),
    ...underBothNames(body, PAGE_NAMES),
    ...url,
  };
}

const BRAND: Family = {
  refusalOf: ({ body }) => refusing(tooLong(body, TEXTS)),
  stored,
  /** The products of a brand that is gone have none. */
  removed({ entry, tables }) {
    for (const { values } of tables.of(PRODUCTS).list()) if (values['brand_id'] === entry.values['id']) values['brand_id'] = 0;
  },
};

/** The rules of brands (brands_catalog.v3.yml; archive/…/v2-brands). */
export const BRAND_FAMILIES: Families = {
  'v3 /catalog/brands': { ...BRAND, show: ({ row }) => showIn(row, PAGE_FORMS, false) },
  'v2 /brands': {
    ...BRAND,
    show({ row, entry }) {
      showIn(row, PAGE_FORMS, true);
      row['image_file'] ??= entry.values['image_url'];
    },
  },
};
