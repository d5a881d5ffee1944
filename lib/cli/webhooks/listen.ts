import { createServer, type IncomingMessage, type Server } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { propertyOf } from '../../json-object.js';
import { reasonOf } from '../../session/safe-call.js';
import { readStream } from '../../webhooks/body.js';
import { DEFAULT_MAX_BYTES, parseDelivery } from '../../webhooks/delivery.js';
import type { AnyWebhookEvent } from '../../webhooks/event.js';
import { WebhookError } from '../../webhooks/webhook-error.js';
import { interruption } from '../interruption.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { Forwarder } from './forward.js';
import { outputTo } from './listen-output.js';
import { assertWritable, keepAsLast, type SavedDelivery, save } from './saved.js';
import { type SecretOptions, type Secrets, secretsOf } from './secrets.js';
import { unverifiedEvent } from './unverified.js';

/** The options of `bigrecord webhooks listen`. */
export interface ListenOptions extends SecretOptions {
  readonly port: number;
  readonly forward?: string;
  readonly save?: string;
  readonly insecure?: boolean;
  readonly storeHash?: string;
  readonly json?: boolean;
}

const BODY = { maxBytes: DEFAULT_MAX_BYTES, bodyTimeoutMs: 10_000 };

/** Runs `bigrecord webhooks listen`, until it is interrupted. */
export async function listen(options: ListenOptions, terminal: Terminal): Promise<void> {
  const { happened } = interruption();
  const verify = verifierOf(options);
  const output = outputTo(terminal, options.json === true);
  if (options.save !== undefined) assertWritable(options.save);
  const forwarder = options.forward === undefined ? undefined : new Forwarder(options.forward, output);
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    const respond = (status: number, text: string): void => void response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
    void take(request).then(
      () => respond(200, 'ok'),
      (error: unknown) => {
        const status = error instanceof WebhookError ? error.status : 500;
        output.refused(status, reasonOf(error));
        respond(status, status === 500 ? 'The delivery could not be kept.' : reasonOf(error));
      },
    );
  });

  async function take(request: IncomingMessage): Promise<void> {
    if (request.method !== 'POST') throw new WebhookError('Deliveries are sent by POST.', 405);
    const body = await readStream(request, BODY);
    const event = verify(body, request);
    const isDuplicate = seen.has(event.hash);
    const delivery: SavedDelivery = {
      receivedAt: new Date().toISOString(),
      scope: event.scope,
      hash: event.hash,
      body: textOf(body),
    };
    if (options.save !== undefined && !isDuplicate) save(options.save, delivery);
    seen.add(event.hash); // not earlier: one that could not be kept is sent again
    keepAsLast(delivery);
    output.delivery(event, isDuplicate);
    if (!isDuplicate) forwarder?.forward(event.hash, body, request.headers);
  }

  const port = await start(server, options.port);
  output.listening(port, options.forward);
  await happened;
  server.close();
  server.closeAllConnections();
  await forwarder?.finished();
  output.stopped();
}

/** A verified body as text: deliveries may be compressed. */
const textOf = (body: Buffer): string =>
  (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body, { maxOutputLength: DEFAULT_MAX_BYTES }) : body).toString('utf8');

type Verify = (body: Buffer, request: IncomingMessage) => AnyWebhookEvent;

function verifierOf(options: ListenOptions): Verify {
  const { insecure = false, storeHash } = options;
  const secrets: Secrets = secretsOf(options);
  if (insecure) return (body) => unverifiedEvent(body, storeHash);
  if (secrets.signingSecret === undefined && secrets.secretHeaders === undefined)
    throw new UsageError(
      'Nothing tells who sends deliveries: set BIGCOMMERCE_CLIENT_SECRET (or name a file with --dotenv), give --secret-header, or accept ' +
        'all of them with --insecure.',
    );
  return (body, { headers }) => parseDelivery(body, headers, { ...secrets, storeHash });
}

function start(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isInUse = propertyOf(error, 'code') === 'EADDRINUSE';
      reject(isInUse ? new Error(`Port ${port} is in use: give another one with --port, or --port 0 for any free one.`) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
