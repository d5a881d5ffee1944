import { fromOtherCopy } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Class, ResourceDeclaration } from '../schema/declaration.js';
import type { Draft } from '../schema/metadata.js';
import type { StoreSession } from '../session/session.js';
import type { PathParams } from '../transport/path.js';
import { ModelMetadata } from './model-metadata.js';

/** A decorated class. Its metadata is computed on first use, when all modules are loaded and thunks can be resolved. */
interface Registration {
  readonly model: Class;
  readonly resource: ResourceDeclaration;
  readonly drafts: readonly Draft[];
  readonly makeBare: () => object;
  metadata: ModelMetadata | undefined;
}

/** Where all records of a model live, for whoever sends a request at once: without a session they take the current one. */
export interface ModelPlace {
  readonly metadata: ModelMetadata;
  readonly resource: ResourceDeclaration;
  readonly params: PathParams;
  /** That of `using()`. */
  readonly session: StoreSession | undefined;
}

/** What is known of a class: one that `using()` made shares the registration of its model, on a session of its own. */
interface Entry {
  readonly registration: Registration;
  readonly session: StoreSession | undefined;
  place: ModelPlace | undefined;
}

const entries = new WeakMap<object, Entry>();

/** What `@Resource` registers. */
export interface Decorated {
  readonly model: Class;
  /** The original class, which the model replaces. Some compilers leave it in thunks that refer to their own class. */
  readonly decorated: Class;
  readonly resource: ResourceDeclaration;
  readonly drafts: readonly Draft[];
  /** Creates a record without attributes, and without running the constructors of the class. */
  makeBare(): object;
}

export function register({ model, decorated, resource, drafts, makeBare }: Decorated): void {
  const registration: Registration = { model, resource, drafts, makeBare, metadata: undefined };
  for (const each of [model, decorated]) entries.set(each, { registration, session: undefined, place: undefined });
}

/** Registers `bound` as a stand-in for a class, bound to a session. */
export function bindToSession(bound: object, model: Class, session: StoreSession): void {
  entries.set(bound, { registration: entryOf(model).registration, session, place: undefined });
}

export const boundSession = (model: object): StoreSession | undefined => entries.get(model)?.session;

export const isRegistered = (model: object): boolean => entries.has(model);

/** Returns the declaration of a class. @throws ConfigurationError for a class without `@Resource` */
export const resourceOf = (model: object): ResourceDeclaration => entryOf(model).registration.resource;

/** Returns the metadata of a class. @throws ConfigurationError for a class without `@Resource` */
export function metadataOf(model: object): ModelMetadata {
  const { registration } = entries.get(model) ?? entryOf(model);
  registration.metadata ??= new ModelMetadata(registration);
  return registration.metadata;
}

/** The place of all records of a class. @throws ConfigurationError for a class without `@Resource` */
export function placeOf(model: object): ModelPlace {
  const entry = entries.get(model) ?? entryOf(model);
  if (entry.place !== undefined) return entry.place;
  const metadata = metadataOf(model);
  entry.place = Object.freeze({ metadata, resource: metadata.resource, params: {}, session: entry.session });
  return entry.place;
}

function entryOf(model: object): Entry {
  const found = entries.get(model);
  if (found !== undefined) return found;
  const name = 'name' in model && typeof model.name === 'string' && model.name !== '' ? model.name : 'this class';
  const what = fromOtherCopy(model);
  if (what !== undefined) throw new ConfigurationError(`${name} is a model, and ${what}`);
  throw new ConfigurationError(
    `${name} is not a resource: add @Resource('/path', { version: 'v3' }) to the class` +
      ' (or @Resource() on a subclass of a resource, to inherit its path). Nothing was sent.',
  );
}
