import { readFileSync } from 'node:fs';
import { nearest } from '../../errors/nearest.js';
import { isJsonObject } from '../../json-object.js';
import { Webhook } from '../../resources/v3/webhooks.js';
import type { WebhookScope } from '../../resources/webhook-scopes.js';
import { WEBHOOK_SCOPES } from '../../resources/webhook-scopes.js';
import { reasonOf } from '../../session/safe-call.js';
import type { Environment } from '../store/environment.js';
import { UsageError } from '../usage-error.js';

/** The hooks of one destination, as a file declares them. */
export interface DeclaredHooks {
  readonly destination: string;
  readonly scopes: readonly WebhookScope[];
  /** `undefined`: those of existing hooks stay. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

const NAMES = ['destination', 'scopes', 'headers'];

/** Reads a file of declared hooks. @throws UsageError that says what is wrong, and where */
export function readDeclared(file: string, env: Environment): DeclaredHooks[] {
  const value = parse(file);
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  const declared = entries.map((entry, at) => declaredIn(entry, `${file}, entry ${at + 1}`, env));
  const twice = declared.find(({ destination }, at) => declared.findIndex((each) => each.destination === destination) !== at);
  if (twice !== undefined) throw new UsageError(`${file} has ${twice.destination} twice: put all its scopes into one entry.`);
  return declared;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

function declaredIn(entry: unknown, place: string, env: Environment): DeclaredHooks {
  if (!isJsonObject(entry)) throw new UsageError(`${place}: it must be { "destination": "https://…", "scopes": [ … ] }.`);
  const unknown = Object.keys(entry).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new UsageError(`${place}: there is no "${unknown}"; an entry has ${NAMES.join(', ')}.`);
  const { destination, scopes, headers } = entry;
  if (typeof destination !== 'string' || !URL.canParse(destination))
    throw new UsageError(`${place}: destination must be an address: https://….`);
  if (!Array.isArray(scopes) || scopes.length === 0) throw new UsageError(`${place}: scopes must be a list such as ["store/order/*"].`);
  return { destination, scopes: scopes.map((scope) => scopeIn(scope, place)), headers: headersIn(headers, place, env) };
}

const CHANNEL = /^store\/channel\/\d+\//;

function scopeIn(scope: unknown, place: string): WebhookScope {
  const name = String(scope);
  try {
    const known = Object.keys(WEBHOOK_SCOPES);
    const meant = nearest(name, known);
    const isListed = name.endsWith('/*') || CHANNEL.test(name) || known.includes(name);
    if (!isListed && meant !== undefined && meant !== name) throw new UsageError(`${name} is not a scope; did you mean ${meant}?`);
    return Webhook.scope(name);
  } catch (error) {
    throw new UsageError(`${place}: ${reasonOf(error)}`);
  }
}

function headersIn(headers: unknown, place: string, env: Environment): DeclaredHooks['headers'] {
  if (headers === undefined) return undefined;
  if (!isJsonObject(headers)) throw new UsageError(`${place}: headers must be an object: { "x-webhook-secret": "\${WEBHOOK_SECRET}" }.`);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      String(value).replace(/\$\{(\w+)\}/g, (_, variable: string) => {
        const found = env[variable];
        if (!found) throw new UsageError(`${place}: the variable ${variable} of the header ${name} is not set.`);
        return found;
      }),
    ]),
  );
}
