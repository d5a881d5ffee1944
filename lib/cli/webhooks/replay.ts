import { randomUUID } from 'node:crypto';
import { isJsonObject } from '../../json-object.js';
import { SIGNATURE_HEADERS, signatureOf } from '../../webhooks/signature.js';
import type { Terminal } from '../terminal.js';
import { FailedError, UsageError } from '../usage-error.js';
import { deliver } from './forward.js';
import { type Choice, deliveryOf, lastDelivery } from './saved.js';
import { headersOf, type SecretOptions, secretsOf } from './secrets.js';

/** The options of `bigrecord webhooks replay`. */
export interface ReplayOptions extends SecretOptions, Choice {
  readonly to: string;
  readonly last?: boolean;
  readonly newHash?: boolean;
  readonly json?: boolean;
}

/** Runs `bigrecord webhooks replay`. @throws FailedError if the receiver does not accept the delivery */
export async function replay(file: string | undefined, options: ReplayOptions, { print, paint }: Terminal): Promise<void> {
  if ((file === undefined) !== (options.last === true))
    throw new UsageError('Say which delivery: give a file of `webhooks listen --save`, or --last for the newest one.');
  if (file === undefined && (options.line ?? options.hash) !== undefined)
    throw new UsageError('--line and --hash choose from a file: name one.');
  const saved = file === undefined ? lastDelivery() : deliveryOf(file, options);
  const { hash, body } = options.newHash === true ? withNewHash(saved.body) : saved;
  const secrets = secretsOf(options);
  const headers = {
    'content-type': 'application/json',
    ...headersOf(secrets),
    ...(secrets.signingSecret === undefined ? {} : signed(body, secrets.signingSecret)),
  };
  const { status, ms, reason } = await deliver(options.to, body, headers);
  const { scope } = saved;
  const isAccepted = status !== undefined && status >= 200 && status < 300;
  if (options.json === true) print(JSON.stringify({ scope, hash, to: options.to, status, ms: Math.round(ms), reason }));
  else {
    const outcome = status === undefined ? `no response: ${reason}` : `${status} in ${Math.round(ms)} ms`;
    print(`${scope}  ${hash.slice(0, 8)}  ${options.to}  ${paint(isAccepted ? 'green' : 'red', outcome)}`);
  }
  if (!isAccepted) throw new FailedError();
}

function withNewHash(body: string): { hash: string; body: string } {
  const content: unknown = JSON.parse(body);
  const hash = randomUUID().replaceAll('-', '');
  return { hash, body: JSON.stringify({ ...(isJsonObject(content) ? content : {}), hash }) };
}

/** Signs as the platform does (Standard Webhooks). */
function signed(body: string, clientSecret: string): Record<string, string> {
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    [SIGNATURE_HEADERS.id]: id,
    [SIGNATURE_HEADERS.timestamp]: timestamp,
    [SIGNATURE_HEADERS.signature]: signatureOf(id, timestamp, body, clientSecret),
  };
}
