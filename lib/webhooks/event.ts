import { propertyOf } from '../json-object.js';
import type { Model } from '../model/model.js';
import { Session } from '../model/session.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';
import type { Key } from '../transport/path.js';
import { type CallOptions, checkCall, freshCallOf } from '../transport/request.js';

/** The parts of an event. */
export interface EventInit {
  readonly scope: string;
  readonly storeHash: string;
  readonly storeId: string | undefined;
  /** Identifies the event, so that a duplicate delivery is recognised. */
  readonly hash: string;
  readonly createdAt: Date | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

type Find = (key: Key, options: CallOptions) => Promise<Model>;

/** How the record of each `data.type` is found. */
const FINDS: Readonly<Record<string, (session: Session) => Find>> = {
  order: (session) => (key, options) => v2.Order.using(session).find(key, options),
  product: (session) => (key, options) => v3.Product.using(session).find(key, options),
  category: (session) => (key, options) => v3.Category.using(session).find(key, options),
  brand: (session) => (key, options) => v3.Brand.using(session).find(key, options),
  customer: (session) => (key, options) => v3.Customer.using(session).find(key, options),
  cart: (session) => (key, options) => v3.Cart.using(session).find(key, options),
  channel: (session) => (key, options) => v3.Channel.using(session).find(key, options),
  subscriber: (session) => (key, options) => v3.Subscriber.using(session).find(key, options),
  price_list: (session) => (key, options) => v3.PriceList.using(session).find(key, options),
};

/** An event of a store, as a webhook delivers it: what kind of thing it is about, and which one. {@link record} loads the rest. */
export class WebhookEvent {
  readonly scope: string;
  readonly storeHash: string;
  readonly storeId: string | undefined;
  readonly hash: string;
  readonly createdAt: Date | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(init: EventInit) {
    this.scope = init.scope;
    this.storeHash = init.storeHash;
    this.storeId = init.storeId;
    this.hash = init.hash;
    this.createdAt = init.createdAt;
    this.data = init.data;
  }

  /**
   * Loads the record that the event is about, as it is now; `null` if it is gone, or of a kind without a model.
   *
   * @param session of the store; default: the current one
   */
  async record(session: Session = Session.default, options: CallOptions = {}): Promise<Model | null> {
    checkCall('record()', options);
    const { type, id } = this.data;
    const find = Object.hasOwn(FINDS, String(type)) ? FINDS[String(type)] : undefined;
    if (find === undefined || (typeof id !== 'number' && typeof id !== 'string')) return null;
    try {
      return await find(session)(id, freshCallOf(options));
    } catch (error) {
      if (propertyOf(error, 'status') === 404) return null;
      throw error;
    }
  }

  /** The form in which queues store it. */
  toJSON(): EventInit {
    const { scope, storeHash, storeId, hash, createdAt, data } = this;
    return { scope, storeHash, storeId, hash, createdAt, data };
  }
}
