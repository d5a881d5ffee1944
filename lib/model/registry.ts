import { foreign } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Class, ResourceDeclaration } from '../schema/declaration.js';
import type { Draft } from '../schema/metadata.js';
import type { StoreSession } from '../session/session.js';
import { Plan } from './plan.js';

/** A decorated class, with what is known of it. */
export interface Registered {
  readonly model: Class;
  readonly resource: ResourceDeclaration;
  readonly plan: Plan;
}

const registered = new WeakMap<object, Registered>();
const bindings = new WeakMap<object, StoreSession>();

/** `decorated`: the class that the model takes the place of; some compilers leave it in thunks that name their own class. */
export function register(model: Class, decorated: Class, resource: ResourceDeclaration, drafts: readonly Draft[]): void {
  let plan: Plan | undefined;
  const entry = {
    model,
    resource,
    get plan() {
      return (plan ??= new Plan(resource, drafts, model));
    },
  };
  registered.set(model, entry);
  registered.set(decorated, entry);
}

/** Makes `bound` stand for a registered class on a session of its own. */
export function bind(bound: object, model: Class, session: StoreSession): void {
  registered.set(bound, registrationOf(model));
  bindings.set(bound, session);
}

export const boundSession = (model: object): StoreSession | undefined => bindings.get(model);

export const isRegistered = (model: object): boolean => registered.has(model);

/** @throws ConfigurationError for a class without `@Resource` */
export function registrationOf(model: object): Registered {
  const found = registered.get(model);
  if (found !== undefined) return found;
  const name = (model as { name?: string }).name || 'this class';
  const what = foreign(model);
  if (what !== undefined) throw new ConfigurationError(`${name} is a model, and ${what}`);
  throw new ConfigurationError(
    `${name} is no resource yet: put @Resource('/path', { version: 'v3' }) on the class` +
      ' (or @Resource() on a subclass of a resource, to inherit its path). Nothing was sent.',
  );
}
