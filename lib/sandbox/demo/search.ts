import type { JsonObject } from '../../json-object.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';
import { onDay } from './values.js';

const idOf = (name: string): string => Buffer.from(name).toString('base64');

const filter = (name: string, type: string, more: JsonObject): JsonObject => ({
  id: idOf(name),
  display_name: name,
  type,
  collapsed_by_default: false,
  is_enabled: true,
  ...more,
});

const counted = { display_product_count: true, items_to_show: 10 };

/** The filters of the store's search, providers of analytics, and the log of the store. */
export function search(): DemoRows[] {
  const filters = [
    filter('Category', 'category', counted),
    filter('Brand', 'brand', { ...counted, sort_by: 'alpha' }),
    filter('Price', 'price', {}),
    filter('Colour', 'product', { ...counted, sort_by: 'alpha' }),
  ];
  return [
    rows(v3.SearchFilter, filters),
    rows(v3.AvailableSearchFilter, [
      { id: idOf('Category'), name: 'Category', type: 'category', product_count: 60 },
      { id: idOf('Brand'), name: 'Brand', type: 'brand', product_count: 60 },
      { id: idOf('Price'), name: 'Price', type: 'price', price_range_min: 5, price_range_max: 95 },
      { id: idOf('Colour'), name: 'Colour', type: 'product', product_count: 60 },
    ]),
    rows(v3.SearchFilterContext, [
      { channel_id: 1, context: { channel_id: 1, category_id: 2 }, data: filters.slice(0, 2) },
      { channel_id: 2, context: { channel_id: 2, category_id: 3 }, data: filters.slice(1, 3) },
    ]),
    ...records(),
  ];
}

/** Providers of analytics, hooks, and the log of the store. */
function records(): DemoRows[] {
  return [
    rows(
      v3.AnalyticsProvider,
      ['Google Analytics 4', 'Meta Pixel'].map((name, index) => ({
        id: index + 1,
        channel_id: 1,
        name,
        code: '',
        enabled: false,
        data_tag_enabled: false,
        version: 1,
        api_secret: '',
        is_oauth_connected: false,
      })),
    ),
    // They are inactive: a store that is only started must not send anything.
    rows(
      v3.Webhook,
      ['store/order/*', 'store/product/updated'].map((scope, index) => ({
        id: index + 1,
        scope,
        destination: 'https://demo.example.com/hooks',
        client_id: 'sandbox-client-id',
        store_hash: 'sandbox',
        headers: null,
        is_active: false,
        created_at: 1_767_603_600,
        updated_at: 1_767_603_600,
      })),
    ),
    // What the hooks had missed when the platform gave them up.
    rows(
      v3.MissedWebhookEvent,
      [100, 101].map((id) => ({
        hash: String(id).repeat(14).slice(0, 40),
        scope: 'store/order/created',
        store_id: '1000',
        producer: 'stores/sandbox',
        created_at: 1_767_603_600 + id,
        data: { type: 'order', id },
      })),
    ),
    rows(
      v3.SystemLog,
      ['The product export is complete.', 'The store was opened.', 'A payment was declined.', 'An email was not sent.'].map(
        (summary, index) => ({
          id: index + 1,
          type: index === 2 ? 'payment' : 'general',
          module: index === 2 ? 'cheque' : 'store',
          severity: ['errors', 'warnings', 'notices', 'success'][index],
          summary,
          message: summary,
          date_created: onDay(index),
        }),
      ),
    ),
  ];
}
