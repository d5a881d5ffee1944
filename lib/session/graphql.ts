import { GraphQLError } from '../errors/graphql-error.js';
import { ParseError } from '../errors/parse-error.js';
import { uncertainAfter } from '../errors/uncertain-outcome-error.js';
import { checkBody } from '../transport/json-body.js';
import { type ApiResponse, type CallOptions, callOf, isCreating, type RequestDescription } from '../transport/request.js';
import { reject } from './rejected-responses.js';

/** Describes the request for a GraphQL document. */
export const graphqlRequest = (query: string, variables: Readonly<Record<string, unknown>>, options: CallOptions): RequestDescription => ({
  method: 'POST',
  version: undefined,
  path: '/graphql',
  query: {},
  body: { query, variables: checkBody(variables, 'variables') },
  ...callOf(options),
});

/**
 * Returns the `data` of a response.
 *
 * @throws GraphQLError if it contains errors; UncertainOutcomeError if it says nothing about a mutation
 */
export function graphqlData(request: RequestDescription, response: ApiResponse): unknown {
  const { body } = response;
  const data: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'data') : undefined;
  const errors: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'errors') : undefined;
  if (data === undefined && errors === undefined && isCreating(request)) throw reject(response, withoutOutcome(response));
  if (Array.isArray(errors) && errors.length > 0) throw reject(response, new GraphQLError(errors, data));
  return data;
}

/** The error for a mutation that was answered without saying what became of it. */
function withoutOutcome({ status, headers }: ApiResponse): Error {
  const requestId = headers['x-request-id'];
  const shown: Record<string, string> = requestId === undefined ? {} : { 'x-request-id': requestId };
  const message = `POST /graphql answered ${status} without \`data\` or \`errors\`.`;
  return uncertainAfter(new ParseError(message, { status, method: 'POST', path: '/graphql', body: undefined, headers: shown }));
}
