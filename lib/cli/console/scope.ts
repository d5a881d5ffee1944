import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as errors from '../../errors/index.js';
import { Model, type ModelClass } from '../../model/model.js';
import { Session } from '../../model/session.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { reasonOf } from '../../session/safe-call.js';
import { modelNamed } from '../transfer/model-named.js';
import { UsageError } from '../usage-error.js';

/** Whether a value is a model. */
export const isModel = (value: unknown): value is ModelClass => typeof value === 'function' && value.prototype instanceof Model;

/** The models of the package, by the names under which they are in scope: `v3.Product`. */
export function namedModels(): Map<string, ModelClass> {
  const models = new Map<string, ModelClass>();
  for (const [generation, all] of Object.entries({ v2, v3 }))
    for (const [name, value] of Object.entries<unknown>(all)) if (isModel(value)) models.set(`${generation}.${name}`, value);
  return models;
}

/** The models of a generation, of which an unknown one throws with the nearest: `undefined` would fail later, and say less. */
function suggesting(generation: string, models: object): object {
  return new Proxy(models, {
    get(target, name) {
      if (typeof name === 'string' && /^[A-Z]/.test(name) && !Object.hasOwn(target, name)) modelNamed(`${generation}.${name}`);
      return Reflect.get(target, name);
    },
  });
}

/**
 * Returns what code of a console finds by name. A bare name is V3's model if both generations have one.
 *
 * @param files modules whose exports are added
 * @throws UsageError if a module cannot be loaded
 */
export function scopeOf(session: Session, files: readonly string[]): Map<string, unknown> {
  const scope = new Map<string, unknown>();
  for (const all of [errors, v2, v3]) for (const [name, value] of Object.entries<unknown>(all)) scope.set(name, value);
  const named = {
    v2: suggesting('v2', v2),
    v3: suggesting('v3', v3),
    session,
    Session,
    Model,
    ...Object.assign({}, ...files.map(exportsOf)),
  };
  for (const [name, value] of Object.entries<unknown>(named)) scope.set(name, value);
  return scope;
}

function exportsOf(file: string): object {
  try {
    const exported: unknown = createRequire(join(process.cwd(), 'console.js'))(/^[./]/.test(file) ? file : `./${file}`);
    const { default: main, ...named } = Object(exported);
    return typeof main === 'function' && main.name !== '' ? { [main.name]: main, ...named } : named;
  } catch (error) {
    throw new UsageError(`--require: ${file} cannot be loaded: ${reasonOf(error).split('\n')[0]}`);
  }
}

/** Puts the scope into the global one: objects of another realm would be no `Date` and no `Array` to the library. */
export function makeGlobal(scope: ReadonlyMap<string, unknown>): void {
  for (const [name, value] of scope) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
