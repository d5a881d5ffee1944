import { BigRecordError } from './bigrecord-error.js';

/** Below 500, a gateway answers these when it lost patience: what it passed on may have been carried out. */
const LOST: ReadonlySet<number> = new Set([408, 425, 499]);

/** What an {@link HttpError} is made of. Headers and body arrive here with every credential already masked. */
export interface HttpErrorInit {
  status: number;
  method: string;
  /** Path below the store, such as `/v2/products/1`; never holds the host or the query. */
  path: string;
  body: unknown;
  headers: Readonly<Record<string, string>>;
}

/** The store answered, and the answer is not a success. */
export class HttpError extends BigRecordError {
  readonly status: number;
  readonly method: string;
  readonly path: string;
  /** The parsed JSON, or the text where the answer was no JSON. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** The platform's name for this exchange (`X-Request-Id`), for its support. */
  readonly requestId: string | undefined;

  constructor(message: string, init: HttpErrorInit) {
    super(message);
    this.status = init.status;
    this.method = init.method;
    this.path = init.path;
    this.body = init.body;
    this.headers = init.headers;
    this.requestId = init.headers['x-request-id'];
  }

  /**
   * Whether a POST or PATCH that was answered so (408, 425, 499, 5xx) may have been carried out all the same. It is not sent
   * again by itself: look for the record before you repeat the call.
   */
  get isUncertain(): boolean {
    return isUncertain(this);
  }
}

/** Whether a request answered so may have been carried out all the same, and doing it again would do it twice. */
export function isUncertain({ method, status }: Pick<HttpErrorInit, 'method' | 'status'>): boolean {
  return (method === 'POST' || method === 'PATCH') && (status >= 500 || LOST.has(status));
}
