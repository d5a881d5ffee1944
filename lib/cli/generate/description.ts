import { asJsonObject, isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Version } from '../../transport/request.js';
import { UsageError } from '../usage-error.js';
import { filtersIn, includesIn } from './description-parameters.js';
import {
  type AttributeSketch,
  classNameOfResource,
  type MemberSketch,
  type ResourceSketch,
  type TypeSketch,
  type ValueSketch,
} from './sketch.js';

/** How deep schemas are followed: some contain themselves. */
const MAX_DEPTH = 6;

/** Whether a document describes an API (OpenAPI 3, or Swagger 2). */
export const isDescription = (document: unknown): document is JsonObject =>
  isJsonObject(document) && isJsonObject(document['paths']) && ('openapi' in document || 'swagger' in document);

/** Options of {@link sketchOf}. */
export interface DescriptionOptions {
  /** Where the document comes from, for the comment. */
  readonly source: string;
  /** The path of the collection, if there are several. */
  readonly path: string | undefined;
  readonly name: string | undefined;
  /** The attribute that identifies a record, if the description is not to tell. */
  readonly key: string | undefined;
  readonly version: Version | undefined;
}

/** Reads a resource out of a description. @throws UsageError if it has no such path, or several */
export function sketchOf(document: JsonObject, options: DescriptionOptions): ResourceSketch {
  return new Description(document).sketch(options);
}

class Description {
  readonly #document: JsonObject;
  readonly #paths: ReadonlyMap<string, JsonObject>;

  constructor(document: JsonObject) {
    this.#document = document;
    this.#paths = new Map(Object.entries(asJsonObject(document['paths'])).map(([path, item]) => [normalized(path), asJsonObject(item)]));
  }

  sketch({ source, path: wanted, name, key: given, version }: DescriptionOptions): ResourceSketch {
    const path = this.#pathOf(wanted);
    const collection = this.#paths.get(path) ?? {};
    const [itemPath, item = {}] = this.#itemOf(path);
    const schema = this.#rowSchema(collection, item);
    const members = this.#members(schema.row, 0);
    const key = given ?? this.#keyOf(itemPath, members);
    const writable = this.#bodyOf(collection['post']) ?? this.#bodyOf(item['put']) ?? this.#bodyOf(item['patch']);
    const named = writable === undefined ? undefined : new Set(this.#members(writable, 0).map((each) => each.name));
    const properties = this.#propertiesOf(schema.row);
    const attributes = members.map((member): AttributeSketch => {
      const declared = this.#resolve(properties[member.name])['readOnly'] === true;
      return {
        ...member,
        isReadOnly: declared || member.name === key || (named !== undefined && named.size > 0 && !named.has(member.name)),
      };
    });
    const parameters = this.#parametersOf(collection);
    return {
      source: `Made from ${source}`,
      className: name ?? classNameOfResource(lastNameIn(path)),
      version: version ?? this.#versionOf(),
      path: path.replaceAll(/\{([^}]+)\}/g, ':$1'),
      key,
      isSingle: itemPath === undefined && !schema.isList,
      attributes,
      filters: filtersIn(parameters),
      includes: includesIn(parameters),
      required: this.#requiredOf(collection, attributes),
      operations: this.#operationsOf(collection, item, path, schema.isList),
      hasNoEnvelope: !schema.isInEnvelope,
      notes: [],
    };
  }

  /** @throws UsageError */
  #pathOf(wanted: string | undefined): string {
    const collections = [...this.#paths.keys()].filter((path) => !/\}$/.test(path) && isJsonObject(this.#paths.get(path)?.['get']));
    if (wanted !== undefined) {
      const path = normalized(wanted.replaceAll(/:([A-Za-z_]\w*)/g, '{$1}'));
      const found = [...this.#paths.keys()].find((each) => each === path || withoutNames(each) === withoutNames(path));
      if (found !== undefined) return found;
      throw new UsageError(`The description has no path ${wanted}. It has ${collections.join(', ') || 'none that lists records'}.`);
    }
    const [only, ...others] = collections.length === 1 ? collections : collections.filter((path) => !path.includes('{'));
    if (only !== undefined && others.length === 0) return only;
    if (collections.length === 0) throw new UsageError('The description has no path that lists records.');
    throw new UsageError(`The description has several paths; choose one with --path: ${collections.join(', ')}.`);
  }

  /** The path of one record: that of the collection, with one more name. */
  #itemOf(path: string): [string | undefined, JsonObject?] {
    for (const [each, item] of this.#paths)
      if (each.startsWith(`${path}/`) && /^\{[^/}]+\}$/.test(each.slice(path.length + 1))) return [each, item];
    return [undefined];
  }

  #versionOf(): Version {
    const servers = jsonObjectsIn(this.#document['servers']).map(({ url }) => String(url));
    const places = [...servers, String(this.#document['basePath'] ?? ''), ...Object.keys(asJsonObject(this.#document['paths']))];
    return places.some((each) => /\/v2(\/|$)/.test(each)) && !places.some((each) => /\/v3(\/|$)/.test(each)) ? 'v2' : 'v3';
  }

  #keyOf(itemPath: string | undefined, members: readonly MemberSketch[]): string {
    const parameter = /\{([^}]+)\}$/.exec(itemPath ?? '')?.[1];
    const names = members.map(({ name }) => name);
    for (const name of ['id', parameter, 'uuid', 'code', 'key', 'token']) if (name !== undefined && names.includes(name)) return name;
    return 'id';
  }

  /** Returns the schema of a row: what a list has inside, or what a single record is. */
  #rowSchema(collection: JsonObject, item: JsonObject): { row: JsonObject; isList: boolean; isInEnvelope: boolean } {
    const list = this.#responseOf(collection['get']);
    const single = this.#responseOf(item['get']);
    for (const response of [list, single, this.#responseOf(collection['post'])]) {
      const whole = this.#resolve(response);
      const data = this.#propertiesOf(whole)['data'];
      const inner = data === undefined ? whole : this.#resolve(data);
      const items = this.#itemsOf(inner);
      const row = items ?? inner;
      if (Object.keys(this.#propertiesOf(row)).length > 0)
        return { row, isList: items !== undefined || response !== list, isInEnvelope: data !== undefined };
    }
    return { row: {}, isList: true, isInEnvelope: true };
  }

  #itemsOf(schema: JsonObject): JsonObject | undefined {
    return isJsonObject(schema['items']) ? this.#resolve(schema['items']) : undefined;
  }

  #responseOf(operation: unknown): JsonObject | undefined {
    const responses = asJsonObject(asJsonObject(operation)['responses']);
    for (const status of ['200', '201', '2XX', 'default']) {
      const schema = this.#contentOf(this.#resolve(responses[status]));
      if (schema !== undefined) return schema;
    }
    return undefined;
  }

  #bodyOf(operation: unknown): JsonObject | undefined {
    const given = asJsonObject(operation);
    if (given['requestBody'] !== undefined) {
      const schema = this.#contentOf(this.#resolve(given['requestBody']));
      return schema === undefined ? undefined : (this.#itemsOf(this.#resolve(schema)) ?? this.#resolve(schema));
    }
    const inBody = this.#parametersOf(given).find((parameter) => parameter['in'] === 'body');
    return inBody === undefined ? undefined : this.#resolve(inBody['schema']);
  }

  /** The schema of JSON content; Swagger 2 has it beside. */
  #contentOf(holder: JsonObject): JsonObject | undefined {
    const content = asJsonObject(holder['content']);
    const media = Object.entries(content).find(([type]) => type.includes('json'))?.[1];
    const schema = asJsonObject(media)['schema'] ?? holder['schema'];
    return isJsonObject(schema) ? schema : undefined;
  }

  #parametersOf(item: JsonObject): JsonObject[] {
    const own = [item['parameters'], asJsonObject(item['get'])['parameters']];
    return own.flatMap((each) => jsonObjectsIn(each)).map((each) => this.#resolve(each));
  }

  #requiredOf(collection: JsonObject, attributes: readonly AttributeSketch[]): string[] {
    const body = this.#bodyOf(collection['post']);
    const required = body === undefined ? [] : this.#requiredIn(body);
    return attributes.flatMap(({ name, isReadOnly }) => (required.includes(name) && !isReadOnly ? name : []));
  }

  #requiredIn(schema: JsonObject): string[] {
    const own = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
    return [...own, ...jsonObjectsIn(schema['allOf']).flatMap((each) => this.#requiredIn(this.#resolve(each)))];
  }

  #operationsOf(collection: JsonObject, item: JsonObject, path: string, isList: boolean): string[] | undefined {
    const has = (holder: JsonObject, ...methods: readonly string[]): boolean => methods.some((each) => isJsonObject(holder[each]));
    const one = isList ? item : collection;
    const hasCount = this.#paths.has(`${path}/count`) || this.#versionOf() === 'v3';
    const table: readonly (readonly [string, boolean])[] = [
      ['list', isList && has(collection, 'get')],
      ['get', has(one, 'get')],
      ['create', has(collection, 'post')],
      ['update', has(one, 'put', 'patch')],
      ['delete', has(item, 'delete')],
      ['deleteAll', isList && has(collection, 'delete')],
      ['count', isList && hasCount],
    ];
    const operations = table.flatMap(([operation, isThere]) => (isThere ? operation : []));
    return operations.length === table.length ? undefined : operations;
  }

  /** The members of a schema, with those of the schemas that it consists of. */
  #members(schema: JsonObject, depth: number): MemberSketch[] {
    const required = this.#requiredIn(schema);
    return Object.entries(this.#propertiesOf(schema)).map(([name, given]) => {
      const member = this.#resolve(given);
      const text = member['description'] ?? asJsonObject(given)['description'];
      const comment = typeof text === 'string' && text.trim() !== '' ? firstSentence(text) : undefined;
      return { name, ...this.#valueOf(member, depth + 1), isOptional: depth > 0 && !required.includes(name), comment };
    });
  }

  #propertiesOf(given: unknown, depth = 0): JsonObject {
    const schema = this.#resolve(given);
    if (depth > MAX_DEPTH) return {};
    const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((kind) => jsonObjectsIn(schema[kind]));
    const joined: JsonObject = {};
    for (const part of parts) Object.assign(joined, this.#propertiesOf(part, depth + 1));
    return Object.assign(joined, asJsonObject(schema['properties']));
  }

  #valueOf(schema: JsonObject, depth: number): ValueSketch {
    const types = typesOf(schema);
    const enumerated: readonly unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [];
    const isNullable = schema['nullable'] === true || types.includes('null') || enumerated.includes(null);
    const [type, ...others] = types.filter((each) => each !== 'null');
    const isDate = type === 'string' && (schema['format'] === 'date-time' || schema['format'] === 'date');
    if (isDate && depth === 1) return { type: { kind: 'date' }, isNullable: true };
    return { type: others.length > 0 ? { kind: 'unknown' } : this.#typeOf(schema, type, depth), isNullable };
  }

  #typeOf(schema: JsonObject, type: string | undefined, depth: number): TypeSketch {
    const values = Array.isArray(schema['enum']) ? schema['enum'].filter((value) => typeof value === 'string') : [];
    if (type === 'string') return values.length > 0 ? { kind: 'literals', values: [...new Set(values)] } : { kind: 'string' };
    if (type === 'integer' || type === 'number') return { kind: 'number' };
    if (type === 'boolean') return { kind: 'boolean' };
    if (depth > MAX_DEPTH) return { kind: 'unknown' };
    if (type === 'array') return { kind: 'array', of: this.#valueOf(this.#itemsOf(schema) ?? {}, depth + 1) };
    if (type === undefined && jsonObjectsIn(schema['oneOf']).length + jsonObjectsIn(schema['anyOf']).length > 0) return { kind: 'unknown' };
    const members = this.#members(schema, depth);
    if (members.length > 0) return { kind: 'object', members };
    return type === 'object' ? { kind: 'object', members: [] } : { kind: 'unknown' };
  }

  /** Follows references within the document. */
  #resolve(given: unknown, depth = 0): JsonObject {
    const schema = asJsonObject(given);
    const reference = schema['$ref'];
    if (typeof reference !== 'string' || !reference.startsWith('#/') || depth > 20) return schema;
    let target: unknown = this.#document;
    for (const part of reference.slice(2).split('/'))
      target = asJsonObject(target)[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')];
    return this.#resolve(target, depth + 1);
  }
}

function typesOf(schema: JsonObject): string[] {
  if (Array.isArray(schema['type'])) return schema['type'].map(String);
  if (typeof schema['type'] === 'string') return [schema['type']];
  return isJsonObject(schema['properties']) || Array.isArray(schema['allOf']) ? ['object'] : [];
}

/** Paths below the version, without the store: `/stores/{store_hash}/v3/widgets` is `/widgets`. */
const normalized = (path: string): string => `/${path.replace(/^\/?(stores\/[^/]+\/)?(v[23]\/)?/, '').replace(/^\/|\/$/g, '')}`;

const withoutNames = (path: string): string => path.replaceAll(/\{[^}]+\}/g, '{}');

const lastNameIn = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('{'))
    .at(-1) ?? 'record';

const firstSentence = (text: string): string => text.trim().split(/\n\s*\n|(?<=[.!?])\s/)[0] ?? text;
