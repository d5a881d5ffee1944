import { finished, type Readable } from 'node:stream';
import { tooLarge } from './delivery.js';
import { WebhookError } from './webhook-error.js';

/** The size and time limits of a body. */
export interface BodyLimits {
  readonly maxBytes: number;
  readonly bodyTimeoutMs: number;
}

/** The client has disconnected: nobody waits for a response. */
export class ClientGone extends Error {}

const tooSlow = ({ bodyTimeoutMs }: BodyLimits): WebhookError =>
  new WebhookError(`The body of the delivery did not arrive within ${bodyTimeoutMs} ms.`, 408);

/** @throws WebhookError early, if the client announces a body above the limit */
export function assertAnnouncedLength(announced: string | null | undefined, { maxBytes }: BodyLimits): void {
  if (Number(announced ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

/**
 * Reads a Node stream. On failure the stream is not destroyed: its socket is needed for the response.
 *
 * @throws WebhookError 413 or 408; ClientGone if the client disconnects before the end
 */
export function readStream(stream: Readable, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (error?: Error): void => {
      clearTimeout(timer);
      stream.off('data', onData);
      unwatch();
      if (error === undefined) resolve(Buffer.concat(chunks));
      else reject(error);
    };
    const onData = (chunk: Buffer | string): void => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      length += bytes.length;
      if (length > limits.maxBytes) finish(tooLarge(limits.maxBytes));
      else chunks.push(bytes);
    };
    const timer = setTimeout(() => finish(tooSlow(limits)), limits.bodyTimeoutMs);
    const unwatch = finished(stream, { writable: false }, (error) => {
      finish(error ? new ClientGone('The client disconnected before the body was complete.', { cause: error }) : undefined);
    });
    stream.on('data', onData);
  });
}

/** Reads a web stream, with the same limits. */
export async function readWebStream(stream: ReadableStream<Uint8Array>, limits: BodyLimits): Promise<Buffer> {
  const reader = stream.getReader();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(limits)), limits.bodyTimeoutMs);
  });
  const chunks: Uint8Array[] = [];
  try {
    for (let length = 0; ; ) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) return Buffer.concat(chunks);
      length += value.length;
      if (length > limits.maxBytes) throw tooLarge(limits.maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel(error).catch(() => {});
    throw error instanceof WebhookError ? error : new WebhookError('The body of the delivery could not be read.', 400, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
