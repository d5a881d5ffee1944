import type { Model, ModelClass } from '../model/model.js';
import { Session } from '../model/session.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';
import type { Key } from '../transport/path.js';
import { type CallOptions, checkCall, freshCallOf } from '../transport/request.js';

/** What an event is made of. */
export interface EventInit {
  readonly scope: string;
  readonly storeHash: string;
  readonly storeId: string | undefined;
  /** Tells a delivery that comes twice. */
  readonly hash: string;
  readonly createdAt: Date | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Kinds of `data.type`, with the model that finds the record. */
const MODELS: Readonly<Record<string, unknown>> = {
  order: v2.Order,
  product: v3.Product,
  category: v3.Category,
  brand: v3.Brand,
  customer: v3.Customer,
  cart: v3.Cart,
  channel: v3.Channel,
  subscriber: v3.Subscriber,
  price_list: v3.PriceList,
};

/** Something that happened in a store, as a webhook tells it: what kind of thing, and which one; the rest is asked for. */
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
   * The record that the event is about, as it is now: `null` where it is gone, or of a kind without a model.
   *
   * @param session of the store; default: the current one
   */
  async record(session: Session = Session.default, options: CallOptions = {}): Promise<Model | null> {
    checkCall('record()', options);
    const model = MODELS[String(this.data['type'])] as ModelClass | undefined;
    const key = this.data['id'] as Key | undefined;
    if (model === undefined || key === undefined) return null;
    return model
      .using(session)
      .find(key, freshCallOf(options))
      .catch((error: unknown) => {
        if ((error as { status?: unknown }).status === 404) return null;
        throw error;
      }) as Promise<Model | null>;
  }

  /** As a queue keeps it. */
  toJSON(): EventInit {
    const { scope, storeHash, storeId, hash, createdAt, data } = this;
    return { scope, storeHash, storeId, hash, createdAt, data };
  }
}
