import { STATUS_CODES } from 'node:http';
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
const CDN = 'The CDN got no response from the store; try again later.';

/** The error class and the advice of each status, and of others by their first digit (codes: start/about/status-codes). */
const TABLE: Readonly<Record<number, readonly [HttpErrorClass, string]>> = {
  304: [RedirectionError, 'Leave out If-Modified-Since, or handle this status.'],
  401: [UnauthorizedError, 'Check the access token: it may be mistyped, revoked or for another store.'],
  403: [ForbiddenError, "Check the OAuth scopes of the token, and the store's plan."],
  404: [RecordNotFoundError, 'It may have been deleted; findBy() returns null instead of throwing.'],
  405: [ClientError, 'The resource does not support this method.'],
  407: [ClientError, 'A proxy requires credentials: check the network settings and `baseUrl`.'],
  408: [ClientError, 'The store or a gateway gave up waiting; try again later.'],
  409: [ConflictError, 'A record with this name or a newer version exists: reload it before you try again.'],
  413: [ClientError, 'Send fewer records at once.'],
  421: [ClientError, 'Record the cassette again if the program has changed, or check `baseUrl`.'],
  422: [ValidationError, 'See `errors`.'],
  423: [ClientError, 'Another change is in progress; try again later.'],
  425: [ClientError, LATER],
  429: [RateLimitError, 'Wait for `retryAfterMs`; other apps of the store share its quota.'],
  499: [ClientError, 'A gateway gave up before the store responded; try again later.'],
  501: [ServerError, 'The store does not support this.'],
  503: [ServerError, 'The store is down for maintenance or suspended; try again later.'],
  507: [ServerError, "A limit of the store's plan is reached."],
  520: [ServerError, CDN],
  521: [ServerError, CDN],
  522: [ServerError, CDN],
  523: [ServerError, CDN],
  524: [ServerError, CDN],
  529: [ServerError, CDN],
  3: [RedirectionError, 'Check `baseUrl`: it must be the https address itself; redirects are not followed.'],
  4: [ClientError, 'Check the values that were sent.'],
  5: [ServerError, LATER],
};

/** Names of statuses that Node does not know, or knows by an old name. */
const NAMES: Readonly<Record<number, string>> = {
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  499: 'Client Closed Request',
  520: 'Unknown Error',
  521: 'Web Server Is Down',
  522: 'Connection Timed Out',
  523: 'Origin Is Unreachable',
  524: 'A Timeout Occurred',
  529: 'Site Is Overloaded',
  3: 'Redirection',
  4: 'Client Error',
  5: 'Server Error',
};

const UNCERTAIN = 'It may have been carried out nevertheless: look for what it creates before you repeat it.';

/** Creates the error for a response that is not a success. */
export function errorFromStatus(init: HttpErrorInit): HttpError {
  const hundreds = Math.floor(init.status / 100);
  const row = TABLE[init.status] ?? TABLE[hundreds];
  if (row === undefined) return new HttpError(`${requestOf(init)} returned the unexpected status ${init.status}.`, init);
  const [Class, usual] = row;
  const title = NAMES[init.status] ?? STATUS_CODES[init.status] ?? NAMES[hundreds];
  const advice = !isUncertain(init) ? usual : usual === LATER ? UNCERTAIN : `${usual} ${UNCERTAIN}`;
  const detail = summary(init.body);
  return new Class(
    `${requestOf(init)} returned ${init.status} ${title}${detail === '' ? '.' : `: ${detail}`}${proxyOf(init)} ${advice}`,
    init,
  );
}

const requestOf = (init: HttpErrorInit): string => `${init.method} ${init.path}`;

/** Names the proxy that returned a page instead of JSON, by its `Via` header (RFC 9110 §7.6.3). */
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
