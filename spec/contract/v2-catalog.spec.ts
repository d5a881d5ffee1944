import type { ModelClass } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import { expect } from 'chai';
import { type DocumentedResource, V2_CATALOG } from './v2-catalog-facts.js';

const MODELS: Readonly<Record<string, unknown>> = v2;

const isModel = (value: unknown): value is ModelClass => typeof value === 'function' && 'resource' in value;

function declarationOf({ model }: DocumentedResource): ModelClass['resource'] {
  const found = MODELS[model];
  if (!isModel(found)) expect.fail(`no model ${model}`);
  return found.resource;
}

/** The types of attributes for the kinds that documents name. Decimals of V2 are strings. */
const TYPES: Readonly<Record<string, string>> = {
  int: 'number',
  decimal: 'string',
  string: 'string',
  text: 'string',
  enum: 'string',
  boolean: 'boolean',
  date: 'date',
  array: 'array',
  object_array: 'array',
  object: 'object',
};

const FILTER_TYPES: Readonly<Record<string, unknown>> = { int: Number, number: Number, string: String, boolean: Boolean, date: Date };

const OPERATIONS = { L: 'list', G: 'get', C: 'create', U: 'update', D: 'delete', A: 'deleteAll', N: 'count' } as const;

/** Whether a path is one of the V2 catalogue. */
const isOfCatalog = (path: string): boolean => /^\/(brands|categories|option_sets|options|products)\b/.test(path);

const sorted = (names: Iterable<string>): string[] => [...names].sort();

/** `name` → type for each attribute, `resource` for each relation. */
function declaredFields({ attributes, relations }: ModelClass['resource']): Record<string, string> {
  const fields: Record<string, string> = Object.fromEntries(Object.values(attributes).map(({ name, type }) => [name, type]));
  for (const name of Object.keys(relations)) fields[name] = 'resource';
  return fields;
}

/** Relations that the documents do not link to, but which follow from a key or a filter. */
const DERIVED: Readonly<Record<string, readonly string[]>> = {
  Brand: ['products'],
  Category: ['parent', 'products'],
  Product: ['googleproductsearch'],
  ProductOption: ['option'],
};

describe('the V2 catalogue, of which there is no OpenAPI description', () => {
  it('has a documented resource for each model, and a model for each resource', () => {
    const declared = Object.entries(MODELS).filter(([, model]) => isModel(model) && isOfCatalog(model.resource.path));
    expect(sorted(declared.map(([name]) => name))).to.deep.equal(sorted(V2_CATALOG.map(({ model }) => model)));
  });

  for (const documented of V2_CATALOG) {
    const {
      model,
      path,
      fields,
      readOnly,
      required = [],
      always = [],
      filters = {},
      moreFilters = {},
      operations,
      leftOut = {},
    } = documented;
    describe(`${model} as in ${documented.source}`, () => {
      const resource = declarationOf(documented);
      const attributes = Object.values(resource.attributes);

      it('has the path and the operations', () => {
        expect(resource.path).to.equal(path);
        const expected = Object.entries(OPERATIONS).flatMap(([letter, name]) => (operations.includes(letter) ? [name] : []));
        expect(sorted(resource.operations)).to.deep.equal(sorted(expected));
      });

      it('has every field with its type, and no other', () => {
        const expected: Record<string, string> = {};
        for (const [name, kind] of Object.entries(fields))
          if (leftOut[name] === undefined) expected[name] = kind === 'resource' ? kind : (TYPES[kind] ?? expect.fail(`kind ${kind}`));
        for (const name of DERIVED[model] ?? []) expected[name] = 'resource';
        expect(declaredFields(resource)).to.deep.equal(expected);
      });

      it('has the same fields read-only', () => {
        const declared = attributes.filter((attribute) => attribute.readOnly).map(({ name }) => name);
        const isAttribute = (name: string): boolean => Object.hasOwn(resource.attributes, name);
        expect(sorted(declared)).to.deep.equal(sorted((readOnly === '*' ? Object.keys(fields) : readOnly).filter(isAttribute)));
      });

      it('requires the same fields of a create and of an update', () => {
        const declared = resource.required.map((name) => (typeof name === 'string' ? name : name.join('|')));
        expect(sorted(declared)).to.deep.equal(sorted(required));
        expect(sorted(resource.alwaysSend)).to.deep.equal(sorted(always));
      });

      it('has the same filters', () => {
        const expected = Object.entries({ ...filters, ...moreFilters });
        expect(resource.filters).to.deep.equal(
          Object.fromEntries(expected.map(([name, kind]) => [name, FILTER_TYPES[kind] ?? expect.fail(`kind ${kind}`)])),
        );
      });

      it('rounds amounts as the store does', () => {
        const amounts = attributes.filter(
          ({ name, readOnly: isFixed }) => fields[name] === 'decimal' && /price|type_value/.test(name) && !isFixed,
        );
        for (const { name, decimals } of amounts) expect(decimals, name).to.equal(4);
      });
    });
  }
});
