import { BigRecordError } from './bigrecord-error.js';

/** Whether the request reached the store: not at all, perhaps, or certainly (its response had begun). */
export type Sent = 'no' | 'maybe' | 'yes';

/** The phase in which a request failed. */
export type Phase = 'connect' | 'request' | 'response' | 'body' | 'total';

/** The parts of a {@link NetworkError}. */
export interface NetworkErrorInit {
  method: string;
  path: string;
  sent: Sent;
  phase: Phase;
  /** System code such as `ECONNREFUSED`, if there is one. */
  code?: string | undefined;
  /** The id of the request, if its response had begun. */
  requestId?: string | undefined;
  /** The underlying error, without credentials. */
  cause?: unknown;
}

/**
 * No complete response arrived: the connection was refused, reset or closed. `cause` is the system error with its `code`, `errno` and
 * `syscall`, without credentials and without the request.
 */
export class NetworkError extends BigRecordError {
  readonly method: string;
  readonly path: string;
  readonly sent: Sent;
  readonly phase: Phase;
  readonly code: string | undefined;
  /** The platform's id of this request (`X-Request-Id`), if its response had begun. */
  readonly requestId: string | undefined;
  /** How many times the request was attempted. */
  attempts = 1;

  constructor(message: string, init: NetworkErrorInit) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.method = init.method;
    this.path = init.path;
    this.sent = init.sent;
    this.phase = init.phase;
    this.code = init.code;
    this.requestId = init.requestId;
  }
}
