import type { Model } from '../model/model.js';
import type { Query } from '../model/query.js';
import type { Session } from '../model/session.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';
import type { WebhookTopic } from '../resources/webhook-scopes.js';
import type { WebhookEvent } from './event.js';
import { idAt } from './subject.js';

/** A record of a kind that the API lists by the date of its last change. */
interface Dated extends Model {
  readonly id: number;
  readonly date_created: Date | null;
  readonly date_modified: Date | null;
}

/** A kind of records whose missed changes can be found. */
export interface Source {
  readonly created: WebhookTopic;
  readonly updated: WebhookTopic;
  /** The path of the record's id in the data of its events. */
  readonly key: string;
  dataOf(id: number): object;
  /** Everything that changed since then. */
  changedSince(session: Session, since: Date): Query<Dated>;
}

const typed = (type: string): Pick<Source, 'key' | 'dataOf'> => ({ key: 'id', dataOf: (id) => ({ type, id }) });

/** Other kinds have no filter on the date of change: carts, shipments, addresses, categories, prices of all lists. */
export const SOURCES: readonly Source[] = [
  {
    created: 'store/product/created',
    updated: 'store/product/updated',
    ...typed('product'),
    changedSince: (session, since) => v3.Product.using(session).where({ 'date_modified:min': since }).stable(),
  },
  {
    created: 'store/order/created',
    updated: 'store/order/updated',
    ...typed('order'),
    changedSince: (session, since) => v2.Order.using(session).where({ min_date_modified: since }).stable(),
  },
  {
    created: 'store/customer/created',
    updated: 'store/customer/updated',
    ...typed('customer'),
    changedSince: (session, since) => v3.Customer.using(session).where({ 'date_modified:min': since }),
  },
  {
    created: 'store/channel/created',
    updated: 'store/channel/updated',
    ...typed('channel'),
    changedSince: (session, since) => v3.Channel.using(session).where({ 'date_modified:min': since }),
  },
  {
    created: 'store/priceList/created',
    updated: 'store/priceList/updated',
    key: 'price_list_id',
    dataOf: (id) => ({ price_list_id: id }),
    changedSince: (session, since) => v3.PriceList.using(session).where({ 'date_modified:min': since }),
  },
];

/** The events of a record that tell of its creation and its changes; `undefined` for others. Each is named by a string. */
export function changesOf({ topic, storeHash, data }: WebhookEvent): { isCreation: boolean; created: string; updated: string } | undefined {
  const source = SOURCES.find(({ created, updated }) => topic === created || topic === updated);
  const id = source && idAt(data, source.key);
  if (source === undefined || id === undefined) return undefined;
  const name = (of: WebhookTopic): string => `${storeHash} ${of} ${id}`;
  return { isCreation: topic === source.created, created: name(source.created), updated: name(source.updated) };
}
