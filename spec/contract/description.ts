import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IHttpOperation } from '@stoplight/types';
import type { LoggedRequest } from 'bigrecord/sandbox';
import { correct } from './corrections.js';
import { FACTS } from './facts.js';
import { objectsIn } from './objects-in.js';

const require = createRequire(import.meta.url);
const prism = createRequire(require.resolve('@stoplight/prism-http'));

/** An operation of the published description. */
export interface Described {
  readonly file: string;
  readonly version: 'v2' | 'v3';
  readonly operation: IHttpOperation;
}

type Verdict = { _tag: 'Left'; left: readonly { path?: readonly (string | number)[]; message: string }[] } | { _tag: 'Right' };
type Validator = (input: { resource: IHttpOperation; element: object }) => Verdict;

/** The published description as an engine reads it, to judge requests and answers by. */
export class Description {
  readonly #operations: { described: Described; method: string; matches: RegExp; names: number }[] = [];
  readonly #input: Validator;
  readonly #output: Validator;

  private constructor() {
    // It takes more time than the rest of a compilation, for code that hardly runs.
    prism('ajv/dist/compile/codegen').CodeGen.prototype.optimize = () => {};
    const { validateInput, validateOutput } = require('@stoplight/prism-http/dist/validator') as Record<string, Validator>;
    this.#input = validateInput as Validator;
    this.#output = validateOutput as Validator;
  }

  static #all: Promise<Description> | undefined;

  /** Reads all files, which takes seconds: once in a process. */
  static all(): Promise<Description> {
    Description.#all ??= Description.load(readdirSync(join(FACTS, 'openapi')));
    return Description.#all;
  }

  static async load(files: readonly string[]): Promise<Description> {
    const description = new Description();
    const { getHttpOperationsFromSpec } = require('@stoplight/prism-http') as {
      getHttpOperationsFromSpec(file: string): Promise<IHttpOperation[]>;
    };
    for (const file of files) {
      const operations = await getHttpOperationsFromSpec(join(FACTS, 'openapi', file));
      correct(file, operations);
      for (const operation of operations) {
        dropUnreadablePatterns(operation);
        const version = /v2/.test(operation.servers?.[0]?.url ?? file) ? 'v2' : 'v3';
        const pattern = operation.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+');
        description.#operations.push({
          described: { file, version, operation },
          method: operation.method.toLowerCase(),
          matches: new RegExp(`^/${version}${pattern}$`),
          names: operation.path.split('{').length,
        });
      }
    }
    description.#operations.sort((a, b) => a.names - b.names);
    return description;
  }

  get size(): number {
    return this.#operations.length;
  }

  find(method: string, path: string): Described | undefined {
    const found = this.#operations.find((each) => each.method === method.toLowerCase() && each.matches.test(path))?.described;
    // A count that is in no description is no record with the key `count`.
    return path.endsWith('/count') && found?.operation.path.endsWith('}') ? undefined : found;
  }

  /** A body that the description itself gives for a request: its example, else one made from the schema. */
  requestBody(method: string, path: string): unknown {
    const content = this.find(method, path)?.operation.request?.body?.contents?.[0];
    return content === undefined ? undefined : sampleOf(content);
  }

  /** A body that the description itself gives for the answer to a GET. */
  answerBody(path: string): unknown {
    const content = this.find('get', path)?.operation.responses.find(({ code }) => code === '200')?.contents?.[0];
    return content === undefined ? undefined : sampleOf(content);
  }

  /** What is wrong with a request and its answer, a line each: `out GET /v3/x 200: data.0.id must be integer`. */
  violations(request: LoggedRequest): string[] {
    return [...this.requestViolations(request), ...this.responseViolations(request)];
  }

  requestViolations(request: LoggedRequest): string[] {
    const headers = { ...request.headers, 'x-auth-token': 'x', 'content-type': request.headers['content-type'] ?? 'application/json' };
    const query = Object.fromEntries(new URL(request.url, 'http://x').searchParams);
    const url = { path: request.path.replace(/^\/v[23]/, ''), query };
    return this.#judged('in', this.#input, request, { method: request.method.toLowerCase(), url, headers, body: request.body });
  }

  responseViolations(request: LoggedRequest): string[] {
    const headers: Record<string, string> = request.responseBody === undefined ? {} : { 'content-type': 'application/json' };
    return this.#judged('out', this.#output, request, { statusCode: request.status, headers, body: request.responseBody });
  }

  #judged(side: 'in' | 'out', validator: Validator, request: LoggedRequest, element: object): string[] {
    const described = this.find(request.method, request.path);
    if (described === undefined) return [];
    const { operation, version } = described;
    const verdict = validator({ resource: operation, element });
    const of = `${side} ${request.method} /${version}${operation.path} ${request.status}`;
    const textOf = (message: string): string => message.replace(/\b\d+(?=\.|\b must)/g, 'N').slice(0, 200);
    return verdict._tag === 'Left' ? verdict.left.map(({ message }) => `${of}: ${textOf(message)}`) : [];
  }
}

/** Removes patterns that are no regular expressions: with one of them a whole schema would judge nothing. */
function dropUnreadablePatterns(operation: IHttpOperation): void {
  for (const each of objectsIn(operation))
    if ('pattern' in each && typeof each.pattern === 'string' && !isPattern(each.pattern)) delete each.pattern;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') !== undefined;
  } catch {
    return false;
  }
}

interface Content {
  readonly examples?: readonly object[] | undefined;
  readonly schema?: object | undefined;
}

function sampleOf({ examples, schema }: Content): unknown {
  const example = (examples?.[0] as { value?: unknown } | undefined)?.value;
  if (example !== undefined) return structuredClone(example);
  const { sample } = prism('@stoplight/json-schema-sampler') as { sample(schema: object): unknown };
  try {
    return schema === undefined ? undefined : structuredClone(sample(schema));
  } catch {
    return undefined;
  }
}
