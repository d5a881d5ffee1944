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
}

/** No whole answer arrived: the connection was refused, reset or cut off. */
export class NetworkError extends BigRecordError {
  readonly method: string;
  readonly path: string;
  readonly sent: Sent;
  readonly phase: Phase;
  readonly code: string | undefined;
  /** How many times the request was tried. */
  attempts = 1;

  constructor(message: string, init: NetworkErrorInit) {
    super(message);
    this.method = init.method;
    this.path = init.path;
    this.sent = init.sent;
    this.phase = init.phase;
    this.code = init.code;
  }
}
