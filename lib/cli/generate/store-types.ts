import { propertyText } from './source-text.js';

/** What is called by a name in this very store, and the values that it has. */
export type Names = Map<string, Set<string>>;

/** What was found in a store. */
export interface StoreNames {
  readonly customFields: Names;
  /** By the class of metafields, by namespace: the keys. */
  readonly metafields: ReadonlyMap<string, Names>;
  /** The kinds of values, by name. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly customerFields: Names;
  readonly addressFields: Names;
  /** What the token could not read. */
  readonly missing: readonly string[];
}

/** A custom field with at most so many values, on at least so many more products, is a choice. */
const MAX_CHOICES = 12;

/** Prints what a store calls its custom fields, metafields, attributes and form fields, as types for the models. */
export function storeTypes(names: StoreNames, store: string, rows: number): string {
  const sections = [customFields(names), metafields(names), attributes(names), formFields(names)].filter((text) => text !== '');
  const head = [
    `/** Names and values of ${store}, from at most ${rows.toLocaleString('en-US')} rows of each kind. Made by \`npx bigrecord generate types\`: do not edit. */`,
  ];
  const imports = importsOf(names);
  const body =
    sections.length > 0 ? sections.join('\n') : '// The store has no custom fields, metafields, attributes or form fields.\nexport {};\n';
  return `${[...head, ...(imports === '' ? [] : [imports]), ''].join('\n')}\n${body}`;
}

function importsOf({ customFields: fields, metafields: owners }: StoreNames): string {
  const classes = [...(fields.size > 0 ? ['Product'] : []), ...owners.keys()];
  return classes.length === 0 ? '' : `import type { ${classes.sort().join(', ')} } from 'bigrecord/v3';`;
}

const sorted = (names: Names): [string, Set<string>][] => [...names].sort(([a], [b]) => a.localeCompare(b));

const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

function customFields({ customFields: fields }: StoreNames): string {
  if (fields.size === 0) return '';
  const members = sorted(fields).map(([name, values]) => `  ${propertyText(name)}?: ${choice(values)};`);
  return [
    '/** Custom fields of products. Values that are listed are those that products have today; others may come. */',
    `export interface ProductCustomFields {\n${members.join('\n')}\n}`,
    '',
    'export type ProductCustomFieldName = keyof ProductCustomFields;',
    '',
    '/** Returns the custom fields of a product by their names. No request if they were included. */',
    'export async function customFieldsOf(product: Product): Promise<ProductCustomFields> {',
    '  const fields: Record<string, string> = {};',
    '  for (const { name, value } of await product.custom_fields) fields[name] = value;',
    '  return fields as ProductCustomFields;',
    '}',
    '',
  ].join('\n');
}

/** The values that there are, open for others; any text if there are many. */
const choice = (values: ReadonlySet<string>): string =>
  values.size > MAX_CHOICES ? 'string' : `${[...values].sort().map(quoted).join(' | ')} | (string & {})`;

function metafields({ metafields: owners }: StoreNames): string {
  const texts = [...owners]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([className, namespaces]) => {
      const members = sorted(namespaces).map(
        ([namespace, keys]) => `  ${propertyText(namespace)}: ${[...keys].sort().map(quoted).join(' | ')};`,
      );
      const keysName = `${className}Keys`;
      const find = `find${className}`;
      return [
        `/** Keys of ${className}s, by namespace. */`,
        `export interface ${keysName} {\n${members.join('\n')}\n}`,
        '',
        `export type ${className}Namespace = keyof ${keysName};`,
        '',
        `/** Finds one by its namespace and key, among those that were read. */`,
        `export function ${find}<Namespace extends ${className}Namespace>(`,
        `  metafields: readonly ${className}[],`,
        '  namespace: Namespace,',
        `  key: ${keysName}[Namespace],`,
        `): ${className} | undefined {`,
        '  return metafields.find((each) => each.namespace === namespace && each.key === key);',
        '}',
        '',
      ].join('\n');
    });
  return texts.join('\n');
}

const KINDS: Readonly<Record<string, string>> = { string: 'string', number: 'number', date: 'Date | string' };

function attributes({ attributes: kinds }: StoreNames): string {
  if (kinds.size === 0) return '';
  const members = [...kinds]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, kind]) => `  ${propertyText(name)}?: ${KINDS[kind] ?? 'string'};`);
  return [
    '/** Attributes of customers, with the kinds of values that they take. The API has every value as text. */',
    `export interface CustomerAttributes {\n${members.join('\n')}\n}`,
    '',
    'export type CustomerAttributeName = keyof CustomerAttributes;',
    '',
  ].join('\n');
}

function formFields({ customerFields, addressFields }: StoreNames): string {
  return [
    interfaceOf('CustomerFormFields', 'of customers', customerFields),
    interfaceOf('AddressFormFields', 'of addresses', addressFields),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

function interfaceOf(name: string, of: string, fields: Names): string {
  if (fields.size === 0) return '';
  const members = sorted(fields).map(([field, kinds]) => `  ${propertyText(field)}?: ${[...kinds].sort().join(' | ')};`);
  return [
    `/** Form fields ${of}. */`,
    `export interface ${name} {\n${members.join('\n')}\n}`,
    '',
    `export type ${name.slice(0, -1)}Name = keyof ${name};`,
    '',
  ].join('\n');
}
