import { accessSync, constants, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ConfigurationError } from '../errors/configuration-error.js';
import { asJsonObject, isJsonObject, type JsonObject, propertyOf } from '../json-object.js';
import { reasonOf } from '../session/safe-call.js';
import { parseJson } from '../transport/json.js';
import type { Cassette, Exchange, KeptMask, KeptRule, RecordedRequest, RecordedResponse } from './cassette.js';

const KIND = 'cassette';
/** The version of the format. A change that earlier versions of this package cannot read raises it. */
const FORMAT = 1;

/** Makes sure that a cassette can be written, before anything is recorded. @throws ConfigurationError if it cannot */
export function assertWritable(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    accessSync(dirname(file), constants.W_OK);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
  } catch (error) {
    throw new ConfigurationError(`The cassette ${file} cannot be written: ${reasonOf(error)}.`);
  }
}

/** Writes a cassette. The file is replaced in one step: whoever reads it meanwhile sees the old one, or all of the new one. */
export function writeCassette(file: string, { mask, exchanges }: Cassette): void {
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, `${JSON.stringify({ bigrecord: KIND, format: FORMAT, mask, exchanges }, null, 2)}\n`);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** Reads a cassette. @throws ConfigurationError that says what is wrong with the file and what to do */
export const readCassette = (file: string): Cassette => parseCassette(textOf(file), file);

/** Whether a text is a cassette, or the beginning of one. */
export const isCassette = (text: string): boolean => new RegExp(`^\\s*\\{\\s*"bigrecord":\\s*"${KIND}"`).test(text.slice(0, 1000));

/** Reads the content of a cassette. @throws ConfigurationError that says what is wrong with the file and what to do */
export function parseCassette(text: string, file: string): Cassette {
  const content = asJsonObject(parsed(file, text));
  const { bigrecord, format, mask, exchanges } = content;
  if (bigrecord !== KIND || !Array.isArray(exchanges))
    throw wrong(file, 'is not a cassette: it must be a file that record({ session, file }) has written');
  if (format !== FORMAT)
    throw wrong(file, `has format ${String(format)}, and this version of bigrecord reads format ${FORMAT}: record it again`);
  return { mask: maskOf(mask), exchanges: exchanges.map((exchange, at) => exchangeOf(file, exchange, `exchanges[${at}]`)) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = propertyOf(error, 'code') === 'ENOENT';
    throw wrong(file, isMissing ? 'does not exist: record it first, with record({ session, file })' : `cannot be read: ${reasonOf(error)}`);
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const isTruncated = !text.trimEnd().endsWith('\n}'); // as every file ends that was written to its end
    throw wrong(file, isTruncated ? 'is truncated: record it again' : `is not valid JSON (${reasonOf(error)}): record it again`);
  }
}

const wrong = (file: string, what: string): ConfigurationError =>
  new ConfigurationError(`The cassette ${basename(file)} ${what}. (${file})`);

function maskOf(value: unknown): KeptMask {
  const { personal, rules, hasFunctions, hasKey } = asJsonObject(value);
  const kept = Array.isArray(rules) ? rules.flatMap((rule) => ruleOf(rule) ?? []) : [];
  return { personal: personal !== false, rules: kept, hasFunctions: hasFunctions === true, hasKey: hasKey === true };
}

function ruleOf(value: unknown): KeptRule | undefined {
  if (typeof value === 'string') return value;
  const { pattern, flags } = asJsonObject(value);
  return typeof pattern === 'string' && typeof flags === 'string' ? { pattern, flags } : undefined;
}

function exchangeOf(file: string, value: unknown, at: string): Exchange {
  const { request, response, failure, attempts } = asJsonObject(value);
  const { error } = asJsonObject(failure);
  if (response === undefined && typeof error !== 'string')
    throw wrong(file, `is damaged: ${at} has neither a response nor a failure. Record it again`);
  return {
    request: requestOf(file, request, `${at}.request`),
    ...(response === undefined ? { failure: { error: String(error) } } : { response: responseOf(file, response, `${at}.response`) }),
    ...(typeof attempts === 'number' ? { attempts } : {}),
  };
}

function requestOf(file: string, value: unknown, at: string): RecordedRequest {
  const { method, path, query, body } = objectAt(file, value, at);
  if (typeof method !== 'string') throw damaged(file, `${at}.method`, 'a string');
  if (typeof path !== 'string' || !path.startsWith('/')) throw damaged(file, `${at}.path`, 'a path such as "/v2/products"');
  return { method, path, query: textsOf(file, query, `${at}.query`), body };
}

function responseOf(file: string, value: unknown, at: string): RecordedResponse {
  const { status, headers, body } = objectAt(file, value, at);
  if (typeof status !== 'number' || status < 200 || status > 599) throw damaged(file, `${at}.status`, 'a status from 200 to 599');
  return { status, headers: textsOf(file, headers, `${at}.headers`), body };
}

function textsOf(file: string, value: unknown, at: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, each] of Object.entries(objectAt(file, value ?? {}, at))) {
    if (typeof each !== 'string') throw damaged(file, `${at}.${name}`, 'a string');
    texts[name] = each;
  }
  return texts;
}

function objectAt(file: string, value: unknown, at: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw damaged(file, at, 'an object');
}

const damaged = (file: string, at: string, expected: string): ConfigurationError =>
  wrong(file, `is damaged: ${at} must be ${expected}. Record it again`);
