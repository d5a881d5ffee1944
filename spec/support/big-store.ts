import type { ModelClass } from 'bigrecord';
import type { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

const put = (store: Sandbox, model: unknown, rows: Record<string, unknown>[], parents?: Record<string, number>): void =>
  store.insert(model as ModelClass, rows, parents);

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** So many products, from id 1, each with two images, two variants and one of ten brands. */
export function fillProducts(store: Sandbox, count: number, withChildren = false): void {
  put(
    store,
    v3.Brand,
    range(10).map((id) => ({ id, name: `Brand ${id}` })),
  );
  const children = (id: number) => ({
    images: [1, 2].map((at) => ({ id: id * 2 + at, image_url: `${id}-${at}.jpg` })),
    variants: [1, 2].map((at) => ({ id: id * 2 + at, sku: `V-${id}-${at}`, price: 1 })),
  });
  put(
    store,
    v3.Product,
    range(count).map((id) => ({
      id,
      name: `Product ${id}`,
      sku: `P-${id}`,
      type: 'physical',
      weight: 1,
      price: 1,
      brand_id: 1 + (id % 10),
      is_visible: true,
      ...(withChildren ? children(id) : {}),
    })),
  );
}

/** So many orders of ten customers. */
export function fillOrders(store: Sandbox, count: number): void {
  put(
    store,
    v2.Customer,
    range(10).map((id) => ({ id, first_name: `C${id}`, last_name: 'X', email: `c${id}@example.com` })),
  );
  put(
    store,
    v2.Order,
    range(count).map((id) => ({ id, customer_id: 1 + (id % 10) })),
  );
}
