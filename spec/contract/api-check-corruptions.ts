import type { DeclaredModel, DeclaredOperation, DescribedOperation, FieldShape, ObjectShape, Shape } from './api-check-tools.js';

/** One change of one declaration, and the difference that has to be reported for it. */
export interface Corruption {
  readonly what: string;
  /** Of the difference: one of these kinds. */
  readonly kinds: readonly string[];
  /** What the field of the difference ends with; empty for a difference of the whole operation. */
  readonly field: string;
  readonly operation?: string;
  /** Changes the declaration of this model in a copy of all. */
  apply(model: DeclaredModel): void;
}

/** A declared operation with its description. */
export interface Pair {
  readonly declared: DeclaredOperation;
  readonly described: DescribedOperation;
}

/** A field at the top of a model's rows, with what the description says about it. */
interface Place {
  readonly name: string;
  readonly own: FieldShape;
  readonly described: FieldShape;
}

const fieldOf = (model: DeclaredModel, name: string): FieldShape => {
  const field = model.row.objects[0]?.fields[name];
  if (field === undefined) throw new Error(`${model.name} has no ${name}`);
  return field;
};

const only = (shape: Shape | undefined): ObjectShape | undefined => (shape?.objects.length === 1 ? shape.objects[0] : undefined);

/** The attributes of a model that a described object has, without relations and objects. */
function placesIn(model: DeclaredModel, described: Shape | undefined): Place[] {
  return Object.entries(only(described)?.fields ?? {}).flatMap(([name, each]) => {
    const own = model.row.objects[0]?.fields[name];
    const isScalar = own?.shape.scalars.length === 1 && each.shape.scalars.length === 1 && own.shape.items === undefined;
    return own !== undefined && !own.isRelation && isScalar ? [{ name, own, described: each }] : [];
  });
}

const isRead = ({ declared, described }: Pair): boolean => ['list', 'get'].includes(declared.role) && described.response.row !== undefined;
const isCreate = ({ declared, described }: Pair): boolean =>
  declared.role === 'create' && !declared.isBatch && only(described.body) !== undefined;

/** Every change of this kind that can be made to a model, by what the descriptions say, not by what is reported. */
type Kind = (model: DeclaredModel, pairs: readonly Pair[]) => Corruption[];

/** The keys of parents are left out: they are in the path, whether they are attributes or not. */
const readPlaces = (model: DeclaredModel, pairs: readonly Pair[]): Place[] =>
  pairs
    .filter(isRead)
    .flatMap(({ described }) => placesIn(model, described.response.row))
    .filter(({ name }) => !model.path.includes(`:${name}`));

const bodyPlaces = (model: DeclaredModel, pairs: readonly Pair[]): Place[] =>
  pairs
    .filter(isCreate)
    .flatMap(({ described }) => placesIn(model, described.body))
    .filter(({ name }) => name !== model.key);

const leaf: Kind = (model, pairs) =>
  readPlaces(model, pairs)
    .filter(({ own, described }) => own.shape.scalars[0] === described.shape.scalars[0])
    .flatMap(({ name, own }) => [
      {
        what: `${name} has another type`,
        kinds: ['type'],
        field: `.${name}`,
        apply: (copy) => {
          Object.assign(fieldOf(copy, name).shape, { scalars: [own.shape.scalars[0] === 'boolean' ? 'number' : 'boolean'], values: [] });
        },
      },
      {
        what: `${name} is not declared`,
        kinds: ['missing-field'],
        field: `.${name}`,
        apply: (copy) => {
          for (const row of copy.row.objects) delete row.fields[name];
        },
      },
    ]);

const nullability: Kind = (model, pairs) =>
  readPlaces(model, pairs)
    .filter(({ own, described }) => own.shape.nullable === described.shape.nullable && own.shape.scalars[0] !== 'date')
    // One of several descriptions may allow null: only what all of them agree on is a difference.
    .filter(({ name, own }) => allPlaces(model, pairs, name).every(({ shape }) => shape.nullable === own.shape.nullable))
    .map(({ name, own }) => ({
      what: `${name} is ${own.shape.nullable ? 'never null' : 'nullable'}`,
      kinds: ['nullability'],
      field: `.${name}`,
      apply: (copy) => {
        fieldOf(copy, name).shape.nullable = !own.shape.nullable;
      },
    }));

/** What all descriptions of a model say of a field, in bodies and responses. */
function allPlaces(model: DeclaredModel, pairs: readonly Pair[], name: string): FieldShape[] {
  const own = pairs.filter(({ declared }) => declared.owner === model);
  const shapes = own.flatMap(({ described: { body, response } }) => [body, body?.items, response.row]);
  const rows = shapes.flatMap((shape) => shape?.objects ?? []);
  return rows.flatMap(({ fields }) => fields[name] ?? []);
}

const enumeration: Kind = (model, pairs) =>
  readPlaces(model, pairs)
    .filter(({ own, described }) => own.shape.values.length > 1 && described.shape.values.length > 1)
    .flatMap(({ name, own, described }) => [
      {
        what: `${name} lacks a value`,
        kinds: ['enum'],
        field: `.${name}`,
        apply: (copy: DeclaredModel) => {
          const lacking = described.shape.values.find((each) => own.shape.values.includes(each));
          fieldOf(copy, name).shape.values = own.shape.values.filter((each) => each !== lacking);
        },
      },
      {
        what: `${name} has a value too many`,
        kinds: ['enum'],
        field: `.${name}`,
        apply: (copy: DeclaredModel) => {
          fieldOf(copy, name).shape.values.push('bogus');
        },
      },
    ]);

const readOnly: Kind = (model, pairs) => [
  ...bodyPlaces(model, pairs)
    .filter(({ own, described }) => !own.readOnly && !described.readOnly)
    .map(({ name }) => withReadOnly(name, true)),
  ...readPlaces(model, pairs)
    .filter(({ name, own }) => own.readOnly && name !== model.key && !model.identity.includes(name))
    .filter(({ name }) => pairs.some(isCreate) && bodiesWith(pairs, name).every((each) => each.readOnly))
    .map(({ name }) => withReadOnly(name, false)),
];

/** What the bodies of creates and updates say of a field. */
const bodiesWith = (pairs: readonly Pair[], name: string): FieldShape[] =>
  pairs
    .flatMap(({ described: { body } }) => [body, body?.items])
    .flatMap((shape) => shape?.objects ?? [])
    .flatMap(({ fields }) => fields[name] ?? []);

const withReadOnly = (name: string, isReadOnly: boolean): Corruption => ({
  what: `${name} is ${isReadOnly ? 'read-only' : 'writable'}`,
  kinds: ['read-only'],
  field: `.${name}`,
  apply: (copy) => {
    fieldOf(copy, name).readOnly = isReadOnly;
  },
});

const required: Kind = (model, pairs) =>
  pairs.filter(isCreate).flatMap(({ described }) => {
    const demanded = only(described.body)?.required ?? [];
    const declared = model.row.objects[0]?.required ?? [];
    const places = placesIn(model, described.body).filter(({ name, own }) => name !== model.key && !own.readOnly);
    const agreed = places.filter(({ name, described: { readOnly } }) => !readOnly && demanded.includes(name) === declared.includes(name));
    return agreed.map(({ name }) => ({
      what: `${name} is ${declared.includes(name) ? 'optional' : 'required'}`,
      kinds: ['required'],
      field: `.${name}`,
      apply: (copy: DeclaredModel) => {
        for (const row of copy.row.objects)
          row.required = declared.includes(name) ? row.required.filter((each) => each !== name) : [...row.required, name];
      },
    }));
  });

const parameter: Kind = (model, pairs) =>
  pairs
    .filter(({ declared }) => declared.role === 'list')
    .flatMap(({ described }) => Object.keys(described.parameters).filter((name) => name in model.filters))
    .flatMap((name) => [
      {
        what: `the filter ${name} is not declared`,
        kinds: ['parameter'],
        field: `query.${name}`,
        apply: (copy: DeclaredModel) => {
          delete copy.filters[name];
        },
      },
      {
        what: `the filter ${name} has another name`,
        kinds: ['undescribed-parameter'],
        field: `query.x_${name}`,
        apply: (copy: DeclaredModel) => {
          copy.filters[`x_${name}`] = 'string';
        },
      },
    ]);

const maxItems: Kind = (model, pairs) =>
  pairs
    .filter(({ declared, described }) => declared.role === 'list' && described.parameters['limit']?.maximum !== undefined)
    .filter(({ described }) => described.parameters['limit']?.maximum === model.pageSize)
    .map(() => ({
      what: 'pages hold one record less',
      kinds: ['max-items'],
      field: 'query.limit',
      apply: (copy: DeclaredModel) => {
        copy.pageSize -= 1;
      },
    }));

const VERBS: Record<string, string> = { GET: 'get', POST: 'create', PUT: 'update', DELETE: 'delete' };

const verb: Kind = (_model, pairs) =>
  pairs
    .filter(({ declared }) => declared.owner.addressing === 'path' && !declared.isBatch && !declared.isDerived)
    .filter(({ declared, described }) => declared.role === VERBS[described.method])
    .map(({ declared, described }) => ({
      what: `${declared.role} is not declared`,
      kinds: ['operation'],
      field: '',
      operation: described.id,
      apply: (copy) => {
        copy.operations = copy.operations.filter((each) => each !== declared.role);
      },
    }));

export const KINDS: Readonly<Record<string, Kind>> = { leaf, nullability, enumeration, readOnly, required, parameter, maxItems, verb };

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
