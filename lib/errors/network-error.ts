import { BigRecordError } from './bigrecord-error.js';

/** Whether the request can have reached the store: not at all, perhaps, or certainly (its answer had begun). */
export type Sent = 'no' | 'maybe' | 'yes';

/** Where an exchange stood when it failed. */
export type Phase = 'connect' | 'request' | 'response' | 'body' | 'total';

/** What a {@link NetworkError} is made of. */
export interface NetworkErrorInit {
  method: string;
  path: string;
  sent: Sent;
  phase: Phase;
  /** System code such as `ECONNREFUSED`, where there is one. */
  code?: string | undefined;
  /** Of an answer that had begun. */
  requestId?: string | undefined;
  /** What went wrong underneath, without credentials. */
  cause?: unknown;
}

/**
 * No whole answer arrived: the connection was refused, reset or cut off. `cause` holds the error of the system with its `code`,
 * `errno` and `syscall`, without credentials and without the request.
 */
export class NetworkError extends BigRecordError {
  readonly method: string;
  readonly path: string;
  readonly sent: Sent;
  readonly phase: Phase;
  readonly code: string | undefined;
  /** The platform's name for this exchange (`X-Request-Id`), where its answer had begun. */
  readonly requestId: string | undefined;
  /** How many times the request was tried. */
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
