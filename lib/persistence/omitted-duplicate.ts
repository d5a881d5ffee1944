import { ConflictError } from '../errors/conflict-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { type ApiResponse, addressOf, type RequestDescription } from '../transport/request.js';

/** Makes the error for a record that a response leaves out because the store has the same one. Nothing was written. */
export function omittedDuplicate(
  { name }: ResourceDeclaration,
  request: Pick<RequestDescription, 'method' | 'version' | 'path'>,
  { status, headers, body }: ApiResponse,
): ConflictError {
  const { method } = request;
  const path = addressOf(request);
  const message = `${method} ${path} returned ${status} without this ${name}: the store has the same one already, and wrote nothing.`;
  return new ConflictError(message, { status, method, path, body, headers });
}
