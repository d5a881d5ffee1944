import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';
import type { AccessToken } from './access-token.js';
import type { Link, Operation } from './link.js';

/** After a 401, sends once more if the function that gives the access token has another one by now. */
export class TokenRenewal implements Link {
  readonly #next: Link;
  readonly #token: AccessToken;

  constructor(next: Link, token: AccessToken) {
    this.#next = next;
    this.#token = token;
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const used = this.#token.current;
    const response = await this.#next.send(request, operation);
    return response.status === 401 && (await this.#token.renewed(used)) ? this.#next.send(request, operation) : response;
  }
}
