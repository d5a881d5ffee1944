import { ClientError } from './client-error.js';
import { ConflictError } from './conflict-error.js';
import { fieldErrors } from './field-errors.js';
import { ForbiddenError } from './forbidden-error.js';
import { HttpError, type HttpErrorInit, isUncertain } from './http-error.js';
import { RateLimitError } from './rate-limit-error.js';
import { RecordNotFoundError } from './record-not-found-error.js';
import { RedirectionError } from './redirection-error.js';
import { ServerError } from './server-error.js';
import { UnauthorizedError } from './unauthorized-error.js';
import { ValidationError } from './validation-error.js';

type HttpErrorClass = new (message: string, init: HttpErrorInit) => HttpError;

const LATER = 'Try again later.';
const CDN = 'The CDN in front of the store could not get a response from it; try again later.';

/** The error class, standard name and advice of each status (codes: start/about/status-codes). */
const TABLE: Readonly<Record<number, readonly [HttpErrorClass, string, string]>> = {
  301: [RedirectionError, 'Moved Permanently', 'Check `baseUrl`: it must be the https address itself, redirects are not followed.'],
  304: [RedirectionError, 'Not Modified', 'Leave out If-Modified-Since, or handle this status.'],
  400: [ClientError, 'Bad Request', 'Check the values that were sent.'],
  401: [UnauthorizedError, 'Unauthorized', 'Check the access token: it may be mistyped, revoked or for another store.'],
  403: [ForbiddenError, 'Forbidden', "Check the OAuth scopes of the token, and the store's plan."],
  404: [RecordNotFoundError, 'Not Found', 'It may have been deleted; findBy() returns null instead of throwing.'],
  405: [ClientError, 'Method Not Allowed', 'The resource does not have this verb.'],
  407: [ClientError, 'Proxy Authentication Required', 'A proxy requires credentials: check the network settings and `baseUrl`.'],
  408: [ClientError, 'Request Timeout', 'The store or a gateway gave up waiting for the request; try again later.'],
  409: [ConflictError, 'Conflict', 'Something with this name or version exists already: reload, then decide.'],
  413: [ClientError, 'Content Too Large', 'Send fewer records at once.'],
  422: [ValidationError, 'Unprocessable Content', 'See `errors` for each field.'],
  423: [ClientError, 'Locked', 'Another change is under way; try again later.'],
  425: [ClientError, 'Too Early', LATER],
  429: [RateLimitError, 'Too Many Requests', 'Wait for `retryAfterMs`; other apps of the store share its quota.'],
  499: [ClientError, 'Client Closed Request', 'A gateway ended the request before the store responded; try again later.'],
  500: [ServerError, 'Internal Server Error', LATER],
  501: [ServerError, 'Not Implemented', 'The store does not offer this.'],
  502: [ServerError, 'Bad Gateway', LATER],
  503: [ServerError, 'Service Unavailable', 'The store is down for maintenance or suspended; try again later.'],
  504: [ServerError, 'Gateway Timeout', LATER],
  507: [ServerError, 'Insufficient Storage', "A limit of the store's plan is reached."],
  520: [ServerError, 'Unknown Error', CDN],
  521: [ServerError, 'Web Server Is Down', CDN],
  522: [ServerError, 'Connection Timed Out', CDN],
  523: [ServerError, 'Origin Is Unreachable', CDN],
  524: [ServerError, 'A Timeout Occurred', CDN],
  529: [ServerError, 'Site Is Overloaded', CDN],
};

/** The same for statuses that are not in the table, by their first digit. */
const BY_HUNDREDS: Readonly<Record<number, readonly [HttpErrorClass, string, string]>> = {
  3: [RedirectionError, 'Redirection', 'Check `baseUrl`: redirects are not followed.'],
  4: [ClientError, 'Client Error', 'Check what was sent.'],
  5: [ServerError, 'Server Error', LATER],
};

const UNCERTAIN = 'It may have been carried out nevertheless: look for what it creates before you repeat it.';

/** Makes the error for a response that is not a success. */
export function errorFromStatus(init: HttpErrorInit): HttpError {
  const row = TABLE[init.status] ?? BY_HUNDREDS[Math.floor(init.status / 100)];
  if (row === undefined) return new HttpError(`${asked(init)} returned the unexpected status ${init.status}.`, init);
  const [Class, title, usual] = row;
  const advice = !isUncertain(init) ? usual : usual === LATER ? UNCERTAIN : `${usual} ${UNCERTAIN}`;
  const detail = summary(init.body);
  return new Class(`${asked(init)} returned ${init.status} ${title}${detail === '' ? '.' : `: ${detail}`}${proxyOf(init)} ${advice}`, init);
}

const asked = (init: HttpErrorInit): string => `${init.method} ${init.path}`;

/** A page in place of JSON comes from a proxy: names it, as its `Via` header does (RFC 9110 §7.6.3). */
function proxyOf({ body, headers }: HttpErrorInit): string {
  const via = headers['via'];
  return via === undefined || typeof body !== 'string' ? '' : ` The response came through ${via.slice(0, 100)}.`;
}

/** Summarises the body in at most 300 characters. */
function summary(body: unknown): string {
  const text = typeof body === 'string' ? (titleOf(body) ?? body) : list(body);
  const line = text.slice(0, 2000).replace(/\s+/g, ' ').trim();
  const short = line.length > 300 ? `${line.slice(0, 299)}…` : line;
  return short === '' || /[.!?…]$/.test(short) ? short : `${short}.`;
}

function list(body: unknown): string {
  return Object.entries(fieldErrors(body))
    .map(([field, messages]) => (field === 'base' ? messages.join(', ') : `${field}: ${messages.join(', ')}`))
    .join('; ');
}

function titleOf(html: string): string | undefined {
  return /<title>([^<]{1,200})<\/title>/i.exec(html.slice(0, 4000))?.[1];
}
