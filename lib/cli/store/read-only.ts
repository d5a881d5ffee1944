import type { Middleware } from '../../session/middleware.js';
import { addressOf, isCreating, type RequestDescription } from '../../transport/request.js';
import { UsageError } from '../usage-error.js';

/** A write to a real store that was not allowed. */
class WriteRefusedError extends UsageError {
  constructor(request: RequestDescription) {
    super(
      `${request.method} ${addressOf(request)} was not sent: without --write, nothing is written to a real store. ` +
        'Start the command with --write to allow it.',
    );
    this.name = 'WriteRefusedError';
  }
}

/** Refuses requests that could change something, before they are sent. A GraphQL document that is no mutation is a read. */
export const refuseWrites: Middleware = async (request, next) => {
  if (!isRead(request)) throw new WriteRefusedError(request);
  return next(request);
};

const isRead = (request: RequestDescription): boolean =>
  request.method === 'GET' || (request.version === undefined && request.path === '/graphql' && !isCreating(request));
