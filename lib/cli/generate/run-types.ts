import { HttpError } from '../../errors/http-error.js';
import type { ModelClass } from '../../model/model.js';
import type { Session } from '../../model/session.js';
import {
  BrandMetafield,
  CategoryMetafield,
  ChannelMetafield,
  CustomerAttribute,
  CustomerFormFieldValue,
  CustomerMetafield,
  LocationMetafield,
  OrderMetafield,
  Product,
  ProductMetafield,
  VariantMetafield,
} from '../../resources/v3/index.js';
import { openStore, type StoreOptions } from '../store/open-store.js';
import type { Terminal } from '../terminal.js';
import { assertFree, type OutputOptions, writeCode } from './output.js';
import { type Names, type StoreNames, storeTypes } from './store-types.js';

/** Kinds of metafields that one list has for all owners. Those of carts come and go. */
const METAFIELDS: readonly ModelClass[] = [
  BrandMetafield,
  CategoryMetafield,
  ChannelMetafield,
  CustomerMetafield,
  LocationMetafield,
  OrderMetafield,
  ProductMetafield,
  VariantMetafield,
];

/** Options of `bigrecord generate types`. */
export interface GenerateTypesOptions extends StoreOptions, OutputOptions {
  /** How many records of a kind are looked at. */
  readonly rows: number;
}

/** Runs `bigrecord generate types`. */
export async function runGenerateTypes(options: GenerateTypesOptions, terminal: Terminal): Promise<void> {
  assertFree(options);
  const store = await openStore(options);
  try {
    const names = await namesIn(store.session, options.rows);
    for (const each of names.missing) terminal.warn(`Left out: ${each}`);
    const counts = {
      customFields: names.customFields.size,
      metafields: [...names.metafields.values()].reduce((sum, each) => sum + each.size, 0),
      attributes: names.attributes.size,
      formFields: names.customerFields.size + names.addressFields.size,
    };
    writeCode(storeTypes(names, store.name, options.rows), options, counts, terminal);
  } finally {
    await store.close({ abort: true });
  }
}

async function namesIn(session: Session, rows: number): Promise<StoreNames> {
  const missing: string[] = [];
  /** A token may lack the scope for one kind. */
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof HttpError) || error.status < 400 || error.status >= 500) throw error;
      missing.push(`${what}: ${error.message}`);
    }
  };
  const names = {
    customFields: new Map<string, Set<string>>(),
    metafields: new Map<string, Names>(),
    attributes: new Map<string, string>(),
    customerFields: new Map<string, Set<string>>(),
    addressFields: new Map<string, Set<string>>(),
  };
  await Promise.all([
    attempt('custom fields of products', async () => {
      for await (const product of Product.using(session).include('custom_fields').limit(rows))
        for (const { name, value } of await product.custom_fields) add(names.customFields, name, value);
    }),
    attempt('attributes of customers', async () => {
      for await (const { name, type } of CustomerAttribute.using(session).limit(rows)) names.attributes.set(name, type);
    }),
    attempt('form fields', async () => {
      for await (const { name, value, address_id } of CustomerFormFieldValue.using(session).limit(rows))
        add(address_id === undefined || address_id === null ? names.customerFields : names.addressFields, name, kindOf(value));
    }),
    ...METAFIELDS.map((model) =>
      attempt(`${model.resource.name}s`, async () => {
        const found: Names = new Map();
        for await (const metafield of model.using(session).limit(rows))
          add(found, String(Reflect.get(metafield, 'namespace')), String(Reflect.get(metafield, 'key')));
        if (found.size > 0) names.metafields.set(model.resource.name, found);
      }),
    ),
  ]);
  return { ...names, missing };
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'string[]' : typeof value === 'number' ? 'number' : 'string');

function add(names: Names, name: string, value: string): void {
  names.set(name, (names.get(name) ?? new Set()).add(value));
}
