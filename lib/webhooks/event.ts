import { ArgumentError } from '../errors/argument-error.js';
import { keysOf } from '../keys-of.js';
import type { Model } from '../model/model.js';
import { Session } from '../model/session.js';
import { type ListedScope, type ScopeOf, WEBHOOK_SCOPES, type WebhookTopic } from '../resources/webhook-scopes.js';
import { type CallOptions, checkCall, freshCallOf } from '../transport/request.js';
import { idAt, type KeyReader, type Place, type Subject, unlessGone } from './subject.js';
import { SUBJECTS } from './subjects.js';

/** The parts of an event. */
export interface EventInit {
  readonly scope: string;
  readonly storeHash: string;
  readonly storeId: string | undefined;
  /** Identifies the event, so that a duplicate delivery is recognised. */
  readonly hash: string;
  readonly createdAt: Date | undefined;
  /** An object; an array of them for `store/priceList/records/…`. */
  readonly data: object;
}

type SubjectOf<Topic extends WebhookTopic> = (typeof SUBJECTS)[(typeof WEBHOOK_SCOPES)[Topic]];

/** What `data` of an event holds, by the scope as the documentation lists it. */
export type EventData<Topic extends WebhookTopic> = SubjectOf<Topic> extends Subject<infer Data, unknown> ? Data : never;

/** What `record()` of an event loads, by the scope as the documentation lists it; `never` if there is no record. */
export type EventRecord<Topic extends WebhookTopic> =
  SubjectOf<Topic> extends Subject<unknown, infer Found> ? (Found extends Model ? Found : never) : never;

/** An event whose scope is known, or known to be unlisted. */
interface ScopedEvent<Topic, Scope extends string, Data extends object, Found extends Model>
  extends Omit<WebhookEvent, 'topic' | 'scope' | 'data' | 'record' | 'records'> {
  readonly topic: Topic;
  readonly scope: Scope;
  readonly data: Data;
  record(session?: Session, options?: CallOptions): Promise<Found | null | undefined>;
  records(session?: Session, options?: CallOptions): Promise<Found[]>;
}

/** The events of one topic. */
type EventOf<Topic extends WebhookTopic> = ScopedEvent<Topic, ScopeOf<Topic>, EventData<Topic> & object, EventRecord<Topic>>;

/**
 * Events whose scope the documentation does not list: `topic` is `undefined`. Their scope may be any, but its type is a name that no scope
 * has: a string could be equal to each of the documented ones, and a comparison of scopes would tell nothing about the data.
 */
type UnlistedEvent = ScopedEvent<undefined, '(unlisted)', Readonly<Record<string, unknown>>, never>;

/**
 * An event of any scope. A comparison of `scope`, or of `topic`, tells TypeScript what `data` holds and what `record()` loads.
 *
 * @example
 * if (event.scope === 'store/order/statusUpdated') console.log(event.data.status.new_status_id, (await event.record())?.status);
 * if (event.topic === 'store/channel/{channel_id}/order/created') console.log(event.channelId, event.data.order_id);
 */
export type AnyWebhookEvent = { [Topic in WebhookTopic]: EventOf<Topic> }[WebhookTopic] | UnlistedEvent;

const CHANNEL = /^store\/channel\/(\d{1,15})\//;

/** An event of a store, as a webhook delivers it: what kind of thing it is about, and which one. {@link record} loads the rest. */
export class WebhookEvent {
  readonly scope: string;
  readonly storeHash: string;
  readonly storeId: string | undefined;
  readonly hash: string;
  readonly createdAt: Date | undefined;
  readonly data: object;

  constructor(init: EventInit) {
    this.scope = init.scope;
    this.storeHash = init.storeHash;
    this.storeId = init.storeId;
    this.hash = init.hash;
    this.createdAt = init.createdAt;
    this.data = init.data;
  }

  /** The scope as the documentation lists it: `{channel_id}` in place of a channel. `undefined` if it is not listed. */
  get topic(): WebhookTopic | undefined {
    return topicOf(this.scope);
  }

  /** The channel of `store/channel/2/…`. */
  get channelId(): number | undefined {
    const id = CHANNEL.exec(this.scope)?.[1];
    return id === undefined ? undefined : Number(id);
  }

  /** Why `record()` has nothing to load, in a sentence; `undefined` if it has. */
  get noRecord(): string | undefined {
    const subject = subjectOf(this);
    if (subject === undefined) return `The documentation does not list the scope ${this.scope}.`;
    const reason = subject.reason?.(this.data) ?? missingIn(this.data, subject);
    return reason === undefined ? undefined : `There is no record for ${this.scope}: ${reason}.`;
  }

  /**
   * Loads the record that the event is about, as it is now. `null`: it is gone. `undefined`: there is none to load, and `noRecord`
   * says why.
   *
   * @param session of the store; default: the current one
   * @throws ArgumentError for a session of another store
   */
  async record(session: Session = Session.default, options: CallOptions = {}): Promise<Model | null | undefined> {
    checkCall('record()', options);
    const place = placeOf(this, session, options);
    const subject = subjectOf(this);
    if (subject?.load === undefined || this.noRecord !== undefined) return undefined;
    return unlessGone(subject.load(keysIn(this.data), place));
  }

  /** Loads all records that the event is about: those that still exist of `store/priceList/records/…`, else the one of `record()`. */
  async records(session: Session = Session.default, options: CallOptions = {}): Promise<Model[]> {
    checkCall('records()', options);
    const all = await subjectOf(this)?.loadAll?.(placeOf(this, session, options));
    if (all !== undefined) return all;
    const record = await this.record(session, options);
    return record ? [record] : [];
  }

  /** The form in which queues store it. */
  toJSON(): EventInit {
    const { scope, storeHash, storeId, hash, createdAt, data } = this;
    return { scope, storeHash, storeId, hash, createdAt, data };
  }
}

function subjectOf({ topic }: WebhookEvent): Subject<unknown, Model> | undefined {
  return topic && SUBJECTS[WEBHOOK_SCOPES[topic]];
}

function placeOf({ storeHash, channelId, data }: WebhookEvent, session: Session, options: CallOptions): Place {
  if (session.storeHash !== undefined && session.storeHash !== storeHash)
    throw new ArgumentError(
      `The event is of the store ${storeHash}, the session of ${session.storeHash}: pass record() a session of the event's store.`,
    );
  return { session, channel: channelId, data, call: freshCallOf(options) };
}

/** What `data` of an event of a scope holds. */
export type DataOf<Scope extends ListedScope> = {
  [Topic in WebhookTopic]: Scope extends ScopeOf<Topic> ? EventData<Topic> & object : never;
}[WebhookTopic];

/** Gives an event the type of its scope. A function, since TypeScript compares a class with no more than 25 members of a union. */
export function distinguish(event: WebhookEvent): AnyWebhookEvent;
export function distinguish(event: WebhookEvent): WebhookEvent {
  return event;
}

const TOPICS: ReadonlyMap<string, WebhookTopic> = new Map(keysOf(WEBHOOK_SCOPES).map((topic) => [topic, topic]));

/** The documented form of a scope: without the channel, and without the slash that ends some. */
export function topicOf(scope: string): WebhookTopic | undefined {
  const name = scope.replace(/\/$/, '');
  return (
    TOPICS.get(name) ??
    TOPICS.get(name.replace(CHANNEL, 'store/channel/{channel_id}/')) ??
    TOPICS.get(name.replace(CHANNEL, 'store/channel/*/'))
  );
}

function missingIn(data: object, { needs }: Subject): string | undefined {
  const missing = needs.filter((path) => idAt(data, path) === undefined);
  return missing.length === 0 ? undefined : `its data has no ${missing.join(' and no ')}`;
}

const keysIn =
  (data: object): KeyReader =>
  (path) => {
    const id = idAt(data, path);
    if (id === undefined) throw new ArgumentError(`The data of the event has no ${path}.`);
    return id;
  };
