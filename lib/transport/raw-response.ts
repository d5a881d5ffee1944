import type { Endpoint } from './endpoint.js';
import { requestIdOf, unreadable } from './failures.js';
import { parseJson } from './json.js';
import type { Received } from './outcome.js';
import { redact } from './redact.js';
import { type ApiResponse, addressOf, type RequestDescription } from './request.js';

/** A response whose body is still text: text takes less memory than objects, and whoever does not look at it yet spends no time. */
export interface RawResponse extends Omit<ApiResponse, 'body'> {
  /** The platform's name for the exchange (`X-Request-Id`). */
  readonly requestId?: string | undefined;
  /** Parses the body; once. @throws ParseError if the body of a success is neither JSON nor CSV nor a stream of events */
  read(): ApiResponse;
}

/** Wraps what was received. The response of a failure is masked, since an error shows it. */
export function rawResponse(request: RequestDescription, { status, headers, body }: Received, endpoint: Endpoint): RawResponse {
  const hasId = headers['x-request-id'] !== undefined;
  const requestId = hasId ? requestIdOf(headers, endpoint) : undefined;
  if (requestId !== undefined) headers['x-request-id'] = requestId;
  return {
    status,
    headers,
    requestId,
    read() {
      const text = body.take();
      if (status < 200 || status > 299) return readFailure(status, headers, text, endpoint);
      if (text.trim() === '') return { status, headers, body: undefined };
      try {
        return { status, headers, body: parseJson(text) };
      } catch {
        if (isText(headers)) return { status, headers, body: text };
        throw notJson(request, status, headers, text, endpoint);
      }
    },
  };
}

/** Whether a response is meant to be no JSON: a download, or a stream of events. */
const isText = (headers: Readonly<Record<string, string>>): boolean => /^text\/(csv|event-stream)\b/.test(headers['content-type'] ?? '');

function notJson(request: RequestDescription, status: number, headers: Record<string, string>, text: string, { secrets }: Endpoint): Error {
  const path = addressOf(request);
  const shown = redact(text, secrets).slice(0, 200);
  return unreadable(
    request,
    `${request.method} ${path} answered ${status} with ${headers['content-type'] ?? 'no content type'} instead of JSON;` +
      ` it begins: ${shown.replace(/\s+/g, ' ')}. Check \`baseUrl\`; a login or maintenance page answers like this.`,
    { status, method: request.method, path, body: shown, headers: redact(headers, secrets) },
  );
}

function readFailure(status: number, headers: Record<string, string>, text: string, { secrets }: Endpoint): ApiResponse {
  const masked = redact(headers, secrets);
  if (text.trim() === '') return { status, headers: masked, body: undefined };
  try {
    return { status, headers: masked, body: redact(parseJson(text), secrets) };
  } catch {
    return { status, headers: masked, body: redact(text, secrets) };
  }
}
