import type { HttpErrorInit } from '../errors/http-error.js';
import { NetworkError, type NetworkErrorInit, type Phase, type Sent } from '../errors/network-error.js';
import { ParseError } from '../errors/parse-error.js';
import { TimeoutError } from '../errors/timeout-error.js';
import { UncertainOutcomeError, uncertainAfter } from '../errors/uncertain-outcome-error.js';
import { causeOf } from './cause.js';
import type { Endpoint } from './endpoint.js';
import { stoppedAt } from './in-process.js';
import type { Failure } from './outcome.js';
import { redact } from './redact.js';
import { addressOf, isCreating, isOnce, type RequestDescription } from './request.js';
import { PROXY_FAILED } from './tunnel.js';

/** Why a connection could not be made, and what to check. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: check `baseUrl`.',
  ENOTFOUND: 'The host name is unknown: check `baseUrl` and `storeHash`.',
  EAI_AGAIN: 'The host name could not be looked up just now.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network cannot be reached.',
};

const PROXY_REFUSED = 'The proxy of HTTPS_PROXY made no connection: check its address and credentials, or name the host in NO_PROXY.';

const CERTIFICATE = /^(CERT_|DEPTH_|ERR_TLS|SELF_SIGNED|UNABLE_TO|HOSTNAME)/;

const PHASES = { no: 'connect', maybe: 'response', yes: 'body' } as const satisfies Record<Sent, Phase>;

/** Makes the error to throw for an exchange that ended without a whole response. */
export function errorOf(request: RequestDescription, failure: Failure, endpoint: Endpoint, maxBytes: number): unknown {
  const { reason, sent, status, headers } = failure;
  switch (reason.kind) {
    case 'aborted':
      return abortReason(request, sent);
    case 'too large':
      return tooLarge(request, status, headers, endpoint, maxBytes);
    case 'timeout': {
      const init = { sent, phase: reason.phase, code: 'ETIMEDOUT', requestId: requestIdOf(headers, endpoint) };
      return networkError(request, init, `timed out (${reason.phase}: see the \`timeout\` option)`, endpoint, TimeoutError);
    }
    case 'failed': {
      // got wraps the error of the system, with the request and its headers.
      const cause = causeOf(reason.error.cause instanceof Error ? reason.error.cause : reason.error, endpoint.secrets);
      const init = { sent, phase: PHASES[sent], code: reason.error.code, requestId: requestIdOf(headers, endpoint), cause };
      return connectionError(request, reason.error.name === 'TimeoutError', init, endpoint);
    }
  }
}

/** Returns the platform's name for an exchange (`X-Request-Id`), masked. */
export function requestIdOf(headers: Readonly<Record<string, string>>, { secrets }: Endpoint): string | undefined {
  const id = headers['x-request-id'];
  return id === undefined ? undefined : redact(id, secrets);
}

/** Makes the error for a response that cannot be read. After a POST that was not refused, its outcome is unknown. */
export function unreadable(request: RequestDescription, message: string, init: HttpErrorInit): Error {
  const error = new ParseError(message, init);
  const isRefused = init.status >= 300 && init.status < 500;
  return isCreating(request) && !isRefused ? uncertainAfter(error) : error;
}

function tooLarge(
  request: RequestDescription,
  status: number,
  headers: Record<string, string>,
  endpoint: Endpoint,
  maxBytes: number,
): Error {
  const path = addressOf(request);
  return unreadable(
    request,
    `${request.method} ${path} answered with more than ${maxBytes} bytes after decompression; the response was cut off.` +
      ' Ask for smaller pages, or raise `maxResponseBytes`.',
    { status, method: request.method, path, body: undefined, headers: redact(headers, endpoint.secrets) },
  );
}

function abortReason(request: RequestDescription, sent: Sent): unknown {
  const reason: unknown = request.signal?.reason;
  if (!isOnce(request) || sent === 'no') return reason;
  const path = addressOf(request);
  return new UncertainOutcomeError(`${request.method} ${path} was aborted after it may have been sent: ${LOOK_FIRST}`, {
    method: request.method,
    path,
    sent,
    phase: PHASES[sent],
    cause: reason,
  });
}

const LOOK_FIRST = 'the record may have been created; look before you repeat it.';

type Failed = Omit<NetworkErrorInit, 'method' | 'path'>;

/** Whether the request had left decides, not the code: an established connection can fail like one that never was. */
function connectionError(request: RequestDescription, isTimeout: boolean, init: Failed, endpoint: Endpoint): Error {
  if (isTimeout) return networkError(request, init, 'timed out (connect: see the `timeout` option)', endpoint, TimeoutError);
  const { host } = new URL(endpoint.root);
  const { code = 'unknown' } = init;
  if (init.sent !== 'no') return networkError(request, init, `lost its connection to ${host} (${code})`, endpoint, NetworkError);
  const stopped = stoppedAt(endpoint.root);
  if (stopped) return stopped;
  const isCertificate = CERTIFICATE.test(code);
  const path = addressOf(request);
  return new NetworkError(`${request.method} ${path} could not reach ${host} (${code}). ${unreachable(code)} Nothing was sent.`, {
    method: request.method,
    path,
    ...init,
    phase: isCertificate ? 'response' : init.phase,
  });
}

function unreachable(code: string): string {
  if (code.startsWith(PROXY_FAILED)) return PROXY_REFUSED;
  return UNREACHABLE[code] ?? (CERTIFICATE.test(code) ? 'Its certificate was refused.' : 'The connection ended before it was made.');
}

/** Makes the error for a request without a response; the outcome of a POST that may have been sent is uncertain. */
function networkError(
  request: RequestDescription,
  init: Failed,
  what: string,
  endpoint: Endpoint,
  ErrorClass: typeof NetworkError,
): NetworkError {
  const about = { method: request.method, path: addressOf(request), ...init };
  const asked = `${about.method} ${about.path}`;
  if (init.sent !== 'no' && isOnce(request))
    return new UncertainOutcomeError(`${asked} ${what} after it may have been sent: ${LOOK_FIRST}`, about);
  return new ErrorClass(`${asked} to ${new URL(endpoint.root).host} ${what}.${init.sent === 'no' ? ' Nothing was sent.' : ''}`, about);
}
