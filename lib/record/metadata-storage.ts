import { fromOtherCopy } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Class, ResourceDeclaration } from '../schema/declaration.js';
import type { Draft } from '../schema/metadata.js';
import type { StoreSession } from '../session/session.js';
import { ModelMetadata } from './model-metadata.js';

/** A decorated class. Its metadata is computed on first use, when all modules are loaded and thunks can be resolved. */
interface Registration {
  readonly model: Class;
  readonly resource: ResourceDeclaration;
  readonly drafts: readonly Draft[];
  readonly makeBare: () => object;
  metadata: ModelMetadata | undefined;
}

const registrations = new WeakMap<object, Registration>();
const boundSessions = new WeakMap<object, StoreSession>();

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
  registrations.set(model, registration);
  registrations.set(decorated, registration);
}

/** Registers `bound` as a stand-in for a class, bound to a session. */
export function bindToSession(bound: object, model: Class, session: StoreSession): void {
  registrations.set(bound, registrationOf(model));
  boundSessions.set(bound, session);
}

export const boundSession = (model: object): StoreSession | undefined => boundSessions.get(model);

export const isRegistered = (model: object): boolean => registrations.has(model);

/** Returns the declaration of a class. @throws ConfigurationError for a class without `@Resource` */
export const resourceOf = (model: object): ResourceDeclaration => registrationOf(model).resource;

/** Returns the metadata of a class. @throws ConfigurationError for a class without `@Resource` */
export function metadataOf(model: object): ModelMetadata {
  const registration = registrations.get(model) ?? registrationOf(model);
  registration.metadata ??= new ModelMetadata(registration);
  return registration.metadata;
}

function registrationOf(model: object): Registration {
  const found = registrations.get(model);
  if (found !== undefined) return found;
  const name = 'name' in model && typeof model.name === 'string' && model.name !== '' ? model.name : 'this class';
  const what = fromOtherCopy(model);
  if (what !== undefined) throw new ConfigurationError(`${name} is a model, and ${what}`);
  throw new ConfigurationError(
    `${name} is not a resource: add @Resource('/path', { version: 'v3' }) to the class` +
      ' (or @Resource() on a subclass of a resource, to inherit its path). Nothing was sent.',
  );
}
