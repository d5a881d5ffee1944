import * as v2 from '../../../resources/v2/index.js';
import * as v3 from '../../../resources/v3/index.js';
import type { Recipe, Recipes } from '../recipe.js';

const person: Recipe = ({ n }) => ({ first_name: 'Jane', last_name: `Doe ${n}`, email: `customer-${n}@example.com` });

/** The rules of customers and what belongs to them. */
export const PEOPLE_RECIPES: Recipes = {
  'v2 /customers': person,
  'v2 /customers/:customer_id/addresses': ({ n }) => ({
    first_name: 'Jane',
    last_name: `Doe ${n}`,
    street_1: `${n} Main Street`,
    city: 'Austin',
    state: 'Texas',
    zip: '78701',
    country: 'United States',
    phone: '555-0100',
  }),
  'v2 /customer_groups': ({ n }) => ({ name: `Group ${n}` }),
  'v3 /customers': person,
  'v3 /customers/addresses': (draft) => ({
    customer_id: () => draft.some(v3.Customer),
    first_name: 'Jane',
    last_name: `Doe ${draft.n}`,
    address1: `${draft.n} Main Street`,
    city: 'Austin',
    state_or_province: 'Texas',
    postal_code: '78701',
    country_code: 'US',
  }),
  'v3 /customers/attributes': ({ n }) => ({ name: `Attribute ${n}`, type: 'string' }),
  'v3 /customers/attribute-values': (draft) => ({
    attribute_id: () => draft.fresh(v3.CustomerAttribute),
    customer_id: () => draft.some(v3.Customer),
    value: `Value ${draft.n}`,
  }),
  'v3 /customers/form-field-values': (draft) => ({
    name: `Field ${draft.n}`,
    value: `Value ${draft.n}`,
    customer_id: () => draft.some(v3.Customer),
  }),
  'v3 /customers/subscribers': ({ n }) => ({ email: `subscriber-${n}@example.com` }),
  'v3 /segments': ({ n }) => ({ name: `Segment ${n}` }),
  'v3 /shopper-profiles': (draft) => ({ customer_id: () => draft.fresh(v2.Customer) }),
  'v3 /wishlists': (draft) => ({ name: `Wishlist ${draft.n}`, customer_id: () => draft.some(v3.Customer) }),
  'v3 /tax/customers': (draft) => ({
    customer_id: () => draft.fresh(v3.Customer),
    tax_properties: () => taxProperty(draft.rows(v3.TaxProperty)[0]?.['code'] ?? codeOf(draft.n)),
  }),
  'v3 /tax/products/properties': (draft) => ({
    product_id: () => draft.fresh(v3.Product),
    tax_properties: () => taxProperty(draft.rows(v3.TaxProperty)[0]?.['code'] ?? codeOf(draft.n)),
  }),
  'v3 /tax/properties': ({ n }) => ({ code: codeOf(n), display_name: `Tax property ${n}`, type: 'CUSTOMER' }),
  'v3 /tax/classes': ({ n }) => ({ name: `Tax class ${n}` }),
  'v3 /tax/zones': ({ n }) => ({ name: `Tax zone ${n}` }),
  'v3 /tax/rates': (draft) => ({
    name: `Tax rate ${draft.n}`,
    tax_zone_id: () => draft.some(v3.TaxZone),
    class_rates: () => [{ rate: 5, tax_class_id: draft.some(v3.TaxClass) }],
  }),
};

const codeOf = (n: number): string => `property_${n}`;
const taxProperty = (code: unknown): Record<string, string> => ({ [String(code)]: 'yes' });
