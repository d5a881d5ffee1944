import type { Model, ModelClass } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

/** A record that has to be in the store. */
interface Referred {
  readonly model: ModelClass<Model>;
  readonly row: Readonly<Record<string, unknown>>;
  readonly parents?: Readonly<Record<string, number | string>>;
}

const ORDER = { order_id: 1 };

const customer = (id: number): Referred => ({ model: v2.Customer, row: { id } });

const TAX_PROPERTIES: readonly Referred[] = ['A-123456789', 'B-6731789'].map((code) => ({ model: v3.TaxProperty, row: { code } }));

/** Values in place of samples that the engine makes up or of an example that contradicts its own text, and that no store would take. */
export const PLAUSIBLE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'v2 Currency': { currency_code: 'NOK' },
  'v2 Customer': { email: 'shopper@example.com', _authentication: { force_reset: true } },
  'v3 ChannelSite': { url: 'https://kittens.mybigcommerce.com/', channel_id: 2 },
  'v3 ProductReview': { status: 'approved', rating: 4 },
  'v3 ProductComplexRule': {
    conditions: [{ modifier_id: 1, modifier_value_id: 1, variant_id: 1 }],
  },
  // "Only group_ids or excluded_group_ids should be specified, but not both"; the type of a promotion is
  // read-only; "You cannot delete promotions that still have coupon codes attached".
  'v3 Promotion': { redemption_type: 'COUPON', customer: { group_ids: [1, 2, 3], minimum_order_count: 0 }, codes: undefined },
  // "If the kind is src: do not specify the html field".
  'v3 Script': { html: undefined },
  'v3 ShopperProfile': { customer_id: 2 },
  // "Each channel can have either zero or one sites".
  'v3 Site': { channel_id: 2 },
  'v3 Subscriber': { email: 'shopper@example.com' },
  'v3 Webhook': { destination: 'https://example.com/hooks' },
  'v3 Wishlist': { customer_id: 12 },
};

/** What a second record of a resource must not share with the first one, besides what the declaration says. */
export const ANOTHER: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // "A unique customer address is a combination of the following core address fields".
  'v3 CustomerAddress': { address1: '12 Main Street' },
  // Shopper profiles and customers are one to one (store-operations/segments/definitions).
  'v3 ShopperProfile': { customer_id: 3 },
};

/** Keys of parents, where the first one of a new store does not fit: its channel has a site already. */
export const PARENT_KEYS: Readonly<Record<string, number>> = { 'v3 ChannelSite': 2 };

/** What the examples of the descriptions refer to, by the resource that they are of. */
export const REFERRED: Readonly<Record<string, readonly Referred[]>> = {
  'v2 CustomerGroup': [{ model: v3.PriceList, row: { id: 3 } }],
  'v2 GiftCertificate': [customer(5)],
  'v2 Order': [
    { model: v2.Customer, row: { id: 1 } },
    { model: v2.Customer, row: { id: 11 } },
    { model: v3.ProductVariant, row: { id: 93 }, parents: { product_id: 118 } },
  ],
  'v2 OrderShipment': [
    { model: v2.OrderShippingAddress, row: { id: 1 }, parents: ORDER },
    { model: v2.OrderShippingAddress, row: { id: 20 }, parents: ORDER },
    { model: v2.OrderProduct, row: { id: 5, quantity: 2 }, parents: ORDER },
  ],
  'v2 Page': [{ model: v2.Page, row: { id: 5 } }],
  'v3 Cart': [
    customer(1),
    customer(5),
    { model: v3.Product, row: { id: 126, images: [{ is_thumbnail: true, url_standard: 'https://example.com/calendar.jpg' }] } },
  ],
  'v3 ChannelCurrencyAssignment': ['USD', 'GBP', 'AUD'].map((currency_code) => ({ model: v2.Currency, row: { currency_code } })),
  'v3 CustomerAddress': [customer(11)],
  'v3 CustomerAttributeValue': [{ model: v3.CustomerAttribute, row: { id: 1, type: 'string' } }, customer(2)],
  'v3 CustomerFormFieldValue': [customer(11), customer(12)],
  'v3 OrderPickup': [
    { model: v2.Order, row: { id: 103 } },
    { model: v3.PickupMethod, row: { id: 2 } },
  ],
  'v3 OrderRefund': [
    { model: v2.Order, row: { id: 1, total_inc_tax: '90.0000' } },
    { model: v2.OrderProduct, row: { id: 1, quantity: 3, price_inc_tax: '30.0000' }, parents: ORDER },
  ],
  'v3 Page': [{ model: v3.Page, row: { id: 1, name: 'About us', type: 'page', body: '<p>Us</p>', link: '' } }],
  'v3 PickupMethod': [{ model: v3.Location, row: { id: 2 } }],
  'v3 ProductTaxProperty': TAX_PROPERTIES,
  'v3 ShopperProfile': [customer(2), customer(3)],
  'v3 TaxCustomer': TAX_PROPERTIES,
  'v3 Wishlist': [
    customer(12),
    { model: v3.Product, row: { id: 12, variants: [{ id: 152 }] } },
    { model: v3.Product, row: { id: 55, variants: [{ id: 22 }] } },
  ],
};
