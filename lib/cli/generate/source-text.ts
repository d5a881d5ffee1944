import { Model } from '../../model/model.js';
import { type AttributeSketch, classNameOf, type MemberSketch, type ResourceSketch, type TypeSketch, type ValueSketch } from './sketch.js';

/** Prints a resource as a TypeScript module with one class, and the types of its nested values. */
export function sourceOf(sketch: ResourceSketch): string {
  const types = new NestedTypes(sketch.className);
  const properties = propertiesOf(sketch.attributes);
  const members = sketch.attributes.map((attribute) => attributeText(attribute, properties.get(attribute.name) ?? '', sketch, types));
  const { imports, options, parameters, constants } = declarationOf(sketch);
  return [
    `import { ${imports.join(', ')} } from 'bigrecord';`,
    '',
    ...constants,
    ...types.declarations,
    ...comment([`${sketch.source}.`, ...sketch.notes]),
    `@Resource(${quoted(sketch.path)}, { ${options.join(', ')} })`,
    `export class ${sketch.className} extends Model<${[sketch.className, ...parameters].join(', ')}> {`,
    members.join('\n'),
    '}',
    '',
  ].join('\n');
}

interface Declaration {
  readonly imports: readonly string[];
  readonly options: readonly string[];
  /** Type parameters of `Model`, after the class itself. */
  readonly parameters: readonly string[];
  readonly constants: readonly string[];
}

function declarationOf({ version, key, isSingle, filters, includes, required, operations, hasNoEnvelope }: ResourceSketch): Declaration {
  const constants: string[] = [];
  const named: string[] = [];
  const declare = (name: string, value: string | undefined, type: string): string => {
    if (value === undefined) return 'unknown';
    constants.push(`const ${name} = ${value} as const;`, '');
    named.push(name);
    return type;
  };
  const listed = (names: readonly string[]): string | undefined => (names.length > 0 ? `[${names.map(quoted).join(', ')}]` : undefined);
  const isV2 = version === 'v2' && filters !== undefined;
  const parameters = [
    declare('filters', filters && filtersText(filters), isV2 ? 'V2Filters<typeof filters>' : 'typeof filters'),
    declare('includes', listed(includes), '(typeof includes)[number]'),
    declare('required', listed(required), 'typeof required'),
  ];
  while (parameters.at(-1) === 'unknown') parameters.pop();
  const options = [
    `version: '${version}'`,
    key === 'id' || isSingle ? '' : `key: ${quoted(key)}`,
    isSingle ? "addressing: 'single'" : '',
    ...named,
    operations === undefined ? '' : `operations: ${listed(operations) ?? '[]'}`,
    hasNoEnvelope && version === 'v3' ? 'noEnvelope: true' : '',
  ].filter((option) => option !== '');
  return { imports: ['Attribute', 'Model', 'Resource', ...(isV2 ? ['type V2Filters'] : [])], options, parameters, constants };
}

const filtersText = (filters: Readonly<Record<string, string>>): string =>
  `{\n${Object.entries(filters)
    .map(([name, kind]) => `  ${propertyText(name)}: ${kind},\n`)
    .join('')}}`;

const THUNKS: Readonly<Record<TypeSketch['kind'], string>> = {
  string: '() => String',
  number: '() => Number',
  boolean: '() => Boolean',
  date: '() => Date',
  literals: '() => String',
  array: '() => Array',
  object: '() => Object',
  unknown: '',
};

function attributeText(attribute: AttributeSketch, property: string, { key }: ResourceSketch, types: NestedTypes): string {
  const { name, type, isReadOnly, isOptional } = attribute;
  const options = [...(property === name ? [] : [`name: ${quoted(name)}`]), ...(isReadOnly || name === key ? ['readOnly: true'] : [])];
  const args = [THUNKS[type.kind], options.length > 0 ? `{ ${options.join(', ')} }` : ''].filter((each) => each !== '');
  const text = types.textOf(attribute, name);
  const optional = isOptional && text !== 'unknown' ? ' | undefined' : '';
  return [
    ...(attribute.comment === undefined ? [] : [`  /** ${oneLine(attribute.comment)} */`]),
    `  @Attribute(${args.join(', ')}) ${isReadOnly || name === key ? 'readonly ' : ''}${property}!: ${text}${optional};`,
  ].join('\n');
}

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Returns the properties of attributes, by their names: no two of them are the same. */
function propertiesOf(attributes: readonly AttributeSketch[]): Map<string, string> {
  const properties = new Map<string, string>();
  const names = new Set(attributes.map(({ name }) => name));
  for (const { name } of attributes) {
    const wanted = propertyNameOf(name);
    const taken = new Set([...properties.values(), ...names]);
    let property = wanted;
    for (let number = 2; property !== name && taken.has(property); number++) property = `${wanted}${number}`;
    properties.set(name, property);
  }
  return properties;
}

/** Returns the property of an attribute: its own name, unless records have something else of that name, or it is no identifier. */
function propertyNameOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9_]+/).filter((word) => word !== '');
  const joined = words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
    .replace(/^_+/, '');
  const property = IDENTIFIER.test(name) ? name : /^[A-Za-z]/.test(joined) ? joined : `value_${joined}`;
  return property in Model.prototype || property === 'constructor' ? `${property}_value` : property;
}

/** The types of nested values, each declared once under a name of its own. */
class NestedTypes {
  readonly declarations: string[] = [];
  readonly #prefix: string;
  readonly #names = new Map<string, string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** @param name what the value is called, for the name of its type */
  textOf({ type, isNullable }: ValueSketch, name: string): string {
    const text = this.#typeText(type, name);
    return isNullable && text !== 'unknown' ? `${text} | null` : text;
  }

  #typeText(type: TypeSketch, name: string): string {
    if (type.kind === 'date') return 'Date';
    if (type.kind === 'literals') return type.values.map(quoted).join(' | ');
    if (type.kind === 'array') {
      const item = this.#inner(type.of, name);
      return item.includes(' ') ? `(${item})[]` : `${item}[]`;
    }
    if (type.kind !== 'object') return type.kind;
    return type.members.length === 0 ? 'Record<string, unknown>' : this.#declare(name, type.members);
  }

  /** Inside of nested values, dates are texts: only attributes are cast. */
  #inner({ type, isNullable }: ValueSketch, name: string): string {
    return this.textOf({ type: type.kind === 'date' ? { kind: 'string' } : type, isNullable }, name);
  }

  #declare(name: string, members: readonly MemberSketch[]): string {
    const lines = members.map((member) => {
      const text = this.#inner(member, `${name}_${member.name}`);
      const doc = member.comment === undefined ? '' : `  /** ${oneLine(member.comment)} */\n`;
      return `${doc}  ${propertyText(member.name)}${member.isOptional ? '?' : ''}: ${text}${member.isOptional ? ' | undefined' : ''};\n`;
    });
    const body = lines.join('');
    const known = this.#names.get(body);
    if (known !== undefined) return known;
    const typeName = `${this.#prefix}${classNameOf(name)}`;
    const taken = [...this.#names.values()];
    const free = taken.includes(typeName) ? `${typeName}${taken.length}` : typeName;
    this.#names.set(body, free);
    this.declarations.push(`/** \`${name.replaceAll('_', ' ')}\` of a ${this.#prefix}. */\nexport interface ${free} {\n${body}}\n`);
    return free;
  }
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;

export const propertyText = (name: string): string => (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : quoted(name));

/** Nothing in a description may end the comment. */
const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('*/', '* /').trim();
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
};

const comment = (lines: readonly string[]): string[] =>
  lines.length === 1 ? [`/** ${oneLine(lines[0] ?? '')} */`] : ['/**', ...lines.map((line) => ` * ${oneLine(line)}`), ' */'];
