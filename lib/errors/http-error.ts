import { BigRecordError } from './bigrecord-error.js';

/** Statuses below 500 with which gateways give up waiting: the store may have processed the request that they passed on. */
const GAVE_UP: ReadonlySet<number> = new Set([408, 425, 499]);

/** The parts of an {@link HttpError}. Credentials in headers and body are masked already. */
export interface HttpErrorInit {
  status: number;
  method: string;
  /** Path below the store, such as `/v2/products/1`; without host and query. */
  path: string;
  body: unknown;
  headers: Readonly<Record<string, string>>;
  /** Whether the request must not be sent twice, although its method allows that. */
  isOnce?: boolean | undefined;
}

/** The store returned a status that is not a success. */
export class HttpError extends BigRecordError {
  readonly status: number;
  readonly method: string;
  readonly path: string;
  /** The parsed JSON, or a string if the body is not JSON. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** The platform's id of this request (`X-Request-Id`), for its support. */
  readonly requestId: string | undefined;
  /** @internal Not enumerable, and only there if it is true. */
  declare readonly isOnce?: boolean;

  constructor(message: string, init: HttpErrorInit) {
    super(message);
    this.status = init.status;
    this.method = init.method;
    this.path = init.path;
    this.body = init.body;
    this.headers = init.headers;
    if (init.isOnce === true) Object.defineProperty(this, 'isOnce', { value: true });
    this.requestId = init.headers['x-request-id'];
  }

  /**
   * Whether the store may have processed the request in spite of the status (408, 425, 499, 5xx), and the request is a POST, a PATCH or
   * a PUT that adds records. It is not retried automatically: look for the record before you repeat the call.
   */
  get isUncertain(): boolean {
    return isUncertain(this);
  }
}

/** Whether the store may have processed a request with this status, so that sending it again could do it twice. */
export function isUncertain({ method, status, isOnce = false }: Pick<HttpErrorInit, 'method' | 'status' | 'isOnce'>): boolean {
  return (method === 'POST' || method === 'PATCH' || isOnce) && (status >= 500 || GAVE_UP.has(status));
}
