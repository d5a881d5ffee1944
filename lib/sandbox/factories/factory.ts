import { ArgumentError } from '../../errors/argument-error.js';
import { assertKnownOptions } from '../../errors/known-options.js';
import { nearest } from '../../errors/nearest.js';
import type { Model, ModelClass } from '../../model/model.js';
import type { Attributes, NewAttributes } from '../../schema/types.js';

/** A value, or what makes the value of the n-th record: `(n) => \`Mug ${n}\``. */
type Sequenced<T> = { [Name in keyof T]: T[Name] | ((n: number) => T[Name]) };

/** Attributes of a new record that a test builds: those that can be written, and related records. */
export type BuildAttributes<M> = Sequenced<NewAttributes<M>>;

/** Attributes of a record that a test stores: also those that only the store sets. */
export type StoredAttributes<M> = Sequenced<NewAttributes<M> & Partial<Omit<Attributes<M>, keyof NewAttributes<M>>>>;

/** What a {@link Factory} is made of. */
export interface FactoryOptions<M, Trait extends string> {
  /** Attributes of every record, in place of the least ones. */
  defaults?: StoredAttributes<M>;
  /** Attributes under a name, for records that are made `with` it. */
  traits?: Readonly<Record<Trait, StoredAttributes<M>>>;
}

const FACTORY_OPTIONS = { defaults: 1, traits: 1 } as const satisfies Record<keyof FactoryOptions<Model, string>, 1>;

/** Makes the records of one model for tests. Given to `store.create` and `store.build` in place of the model. */
export class Factory<M extends Model, Trait extends string = never> {
  readonly model: ModelClass<M>;
  readonly #options: FactoryOptions<M, Trait>;
  readonly #chosen: readonly Trait[];

  /** @internal Use `factory()`. */
  constructor(model: ModelClass<M>, options: FactoryOptions<M, Trait>, chosen: readonly Trait[] = []) {
    this.model = model;
    this.#options = options;
    this.#chosen = chosen;
  }

  /**
   * Returns the same factory with traits. If two set the same attribute, the later one counts.
   *
   * @throws ArgumentError for a trait that the factory does not have
   */
  with(...traits: Trait[]): Factory<M, Trait> {
    const known = Object.keys(this.#options.traits ?? {});
    for (const trait of traits) {
      if (known.includes(trait)) continue;
      const meant = nearest(trait, known);
      throw new ArgumentError(
        `The factory of ${this.model.resource.name} has no trait \`${trait}\`${meant === undefined ? '.' : `; did you mean \`${meant}\`?`}`,
      );
    }
    return new Factory(this.model, this.#options, [...this.#chosen, ...traits]);
  }

  /** @internal The attributes of its records. */
  get attributes(): object {
    const { defaults, traits } = this.#options;
    return Object.assign({}, defaults, ...this.#chosen.map((trait) => traits?.[trait]));
  }
}

/**
 * Describes how tests make records of a model: with defaults and traits of their own. Whatever they leave out and the store requires is
 * filled in. A function gets the number of the record: 1, 2, …
 *
 * @example
 * const mugs = factory(Product, { defaults: { name: (n) => `Mug ${n}` }, traits: { hidden: { is_visible: false } } });
 * store.create(mugs.with('hidden'), { price: 5 });
 */
export function factory<M extends Model, Trait extends string = never>(
  model: ModelClass<M>,
  options: FactoryOptions<NoInfer<M>, Trait> = {},
): Factory<M, Trait> {
  assertKnownOptions(options, FACTORY_OPTIONS, 'factory()', ArgumentError);
  return new Factory(model, options);
}
