import type { ModelClass } from '../../model/model.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { pathNames } from '../../transport/path.js';
import type { Params } from '../resource-rows.js';
import type { Entry, Tables } from '../tables.js';

/** Finds or creates the rows above a new one. */
export class ParentRows {
  readonly #byPath = new Map<string, ModelClass>();

  /** @param create stores a row of a model, below its parents */
  constructor(
    models: readonly ModelClass[],
    readonly tables: Tables,
    readonly create: (model: ModelClass, parents: Params) => Entry,
  ) {
    // Of two models at one path, the one that can be created: orders are created in V2.
    for (const model of models) {
      const { version, path, operations } = model.resource;
      for (const name of [placeOf(path), `${version} ${placeOf(path)}`])
        if (!this.#byPath.has(name) || operations.includes('create')) this.#byPath.set(name, model);
    }
  }

  /** Returns the model of a resource. @throws Error if the store does not serve it */
  modelOf({ version, path, name }: ResourceDeclaration): ModelClass {
    const model = this.#byPath.get(`${version} ${placeOf(path)}`);
    if (model === undefined) throw new Error(`${name} is not served.`);
    return model;
  }

  /** Returns the keys of all parents of a new row: the given ones, those among its attributes, and those of new rows. */
  complete(resource: ResourceDeclaration, given: Params, attributes: object): Params {
    const named = Object.entries(attributes).filter(([name]) => pathNames(resource.path).includes(name));
    return this.#completed(resource, { ...Object.fromEntries(named.map(([name, key]) => [name, String(key)])), ...given });
  }

  /** The same for a row that a recipe needs besides a row with these parents: below the same ones, as far as its path has them. */
  completeBelow(resource: ResourceDeclaration, parents: Params): Params {
    const shared = Object.entries(parents).filter(([name]) => pathNames(resource.path).includes(name));
    return this.#completed(resource, Object.fromEntries(shared));
  }

  #completed(resource: ResourceDeclaration, given: Params): Params {
    const keys: Record<string, string> = { ...this.#aboveThose(resource, given), ...given };
    for (const name of pathNames(resource.path)) keys[name] ??= this.#createdAt(resource, placeAbove(resource.path, name), keys);
    return Object.fromEntries(pathNames(resource.path).map((name) => [name, keys[name] ?? '']));
  }

  /** The parents of given parents: the product of a variant. */
  #aboveThose({ path }: ResourceDeclaration, given: Params): Params {
    const above: Record<string, string> = {};
    for (const name of pathNames(path)) {
      const place = placeAbove(path, name);
      if (given[name] === undefined || !place.includes(':')) continue;
      const entry = this.tables.of(place).list().find(({ key }) => key === given[name]);
      Object.assign(above, entry?.parents);
    }
    return above;
  }

  #createdAt({ version }: ResourceDeclaration, place: string, keys: Params): string {
    const model = this.#byPath.get(`${version} ${placeOf(place)}`) ?? this.#byPath.get(placeOf(place));
    const [first] = this.tables.of(place).list();
    if (model === undefined || !model.resource.operations.includes('create')) return first?.key ?? '1';
    const above = pathNames(place);
    const names = pathNames(model.resource.path);
    return this.create(model, Object.fromEntries(names.map((name, at) => [name, keys[above[at] ?? ''] ?? '']))).key;
  }
}

/** The path of the rows whose key has this name in a path: `/products/:product_id/images` for `image_id`. */
const placeAbove = (path: string, name: string): string => path.slice(0, path.search(new RegExp(`/:${name}(/|$)`)));

/** A path without what differs between the API generations: `/products/:/images`. */
const placeOf = (path: string): string => path.replace(/^\/catalog(?=\/)/, '').replace(/:\w+/g, ':');
