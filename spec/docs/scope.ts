/**
 * What the samples of the pages find in reach, beside what they import themselves. `open` fills it before each sample, `close`
 * ends what a sample has begun.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { DiskQueue, type EventInit, type WebhookHandler, webhookHandler } from 'bigrecord/webhooks';
import express from 'express';
import { hasRedis, RedisServer } from '../support/redis.js';

export {
  ClientError,
  HttpError,
  NetworkError,
  RedirectionError,
  ServerError,
  Session,
  ValidationError,
} from 'bigrecord';
export { customerLoginToken, customerLoginUrl, fetchToken, verifySignedPayload, verifySignedPayloadJwt } from 'bigrecord/oauth';
export { Webhook } from 'bigrecord/v3';
export { WebhookEvent } from 'bigrecord/webhooks';

export let store: Sandbox;
export let session: Session;
/** Sends a sample's session to the sandbox, whatever store the sample names. */
export let connection: { storeHash?: string; accessToken?: string; baseUrl?: string };
export let storeHash: string;
export let accessToken: string;
export let newToken: string;
export let clientId: string;
export let clientSecret: string;
export let code: string;
export let context: string;
export let scope: string;
export let token: string;
export let payload: string;
export let request: { query: { signed_payload_jwt: string }; body: { token: string } };
export let folder: string;
export let redisUrl: string;
export let caFile: string;
export let handler: WebhookHandler;
export let queue: DiskQueue;
export let app: ReturnType<typeof express>;
export let signal: AbortSignal;
export let database: {
  insert(init: EventInit): Promise<string>;
  remove(id: string): Promise<void>;
  all(): Promise<{ id: string; init: EventInit }[]>;
};

export const host = 'store.mybigcommerce.com';
export const username = 'user';
export const redirectUri = 'https://app.example.com/callback';
export const redirectTo = '/cart.php';
export const storefront = 'https://shop.example.com';
export const secret = 'hook-secret';
export const headers = { 'x-webhook-secret': secret };
export const variables = { first: 3 };
export const ids = [1, 2, 3];
export const vault = { read: async (_name: string): Promise<string> => accessToken };
export const metrics = { record: (..._: unknown[]): void => {} };
/** For samples that print. */
export const console = { log: (..._: unknown[]): void => {}, error: (..._: unknown[]): void => {} };

/** Fails unless the call does. */
export function fails(call: () => unknown): void {
  try {
    call();
  } catch {
    return;
  }
  throw new Error('The page says that this fails.');
}

let redis: RedisServer | undefined;

/** Starts a store, with everything that samples find in it. */
export async function open(): Promise<void> {
  store = await Sandbox.start({ graphql: () => ({ data: { store: { name: 'Sandbox store' } } }) });
  session = Session.configure(store.credentials);
  ({ storeHash, accessToken } = store.credentials);
  newToken = accessToken;
  connection = store.credentials;
  ({ clientId, clientSecret, code, context, scope } = store.authorize());
  token = store.signPayload();
  payload = store.signLegacyPayload();
  const customer = { id: 7, email: 'jane@example.com', group_id: '0' };
  const current = { iss: 'bc/apps', sub: storeHash, store_hash: storeHash, operation: 'current_customer', customer };
  request = { query: { signed_payload_jwt: token }, body: { token: store.signPayload(current) } };
  Object.assign(process.env, {
    WEBHOOK_SECRET: secret,
    BIGCOMMERCE_STORE_HASH: storeHash,
    BIGCOMMERCE_ACCESS_TOKEN: accessToken,
    BIGCOMMERCE_API_URL: store.credentials.baseUrl,
  });
  folder = await mkdtemp(join(tmpdir(), 'bigrecord-samples-'));
  caFile = `${folder}.pem`;
  await writeFile(caFile, rootCertificates[0] ?? '');
  queue = new DiskQueue(folder);
  handler = webhookHandler({ secretHeaders: headers, queue, onEvent: () => {} });
  app = express();
  signal = AbortSignal.timeout(60_000);
  const kept = new Map<string, EventInit>();
  database = {
    insert: async (init) => {
      kept.set(init.hash, init);
      return init.hash;
    },
    remove: async (id) => void kept.delete(id),
    all: async () => [...kept].map(([id, init]) => ({ id, init })),
  };
}

/** For the sample that needs one. */
export async function startRedis(): Promise<boolean> {
  if (!hasRedis()) return false;
  redis = await RedisServer.start();
  redisUrl = redis.url;
  return true;
}

export async function close(): Promise<void> {
  await Promise.all([session.close({ abort: true }), Session.default.close({ abort: true }), handler.close()]);
  await Promise.all([store.stop(), redis?.stop(), rm(folder, { recursive: true, force: true }), rm(caFile, { force: true })]);
  redis = undefined;
  for (const name of ['WEBHOOK_SECRET', 'BIGCOMMERCE_STORE_HASH', 'BIGCOMMERCE_ACCESS_TOKEN', 'BIGCOMMERCE_API_URL'])
    delete process.env[name];
}
