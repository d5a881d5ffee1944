import { asJsonObject, isJsonObject, type JsonObject } from '../json-object.js';
import type { Reply } from './dialect.js';

/** Resolves GraphQL queries: `{ data, errors }`. */
export type GraphQLResolver = (query: string, variables: Readonly<JsonObject>) => object | Promise<object>;

/** Responds to a GraphQL request with the resolver that was passed to `Sandbox.start()`. */
export async function replyToGraphQL(resolve: GraphQLResolver | undefined, body: unknown): Promise<Reply> {
  const { query, variables } = asJsonObject(body);
  const errors = (message: string): { errors: { message: string }[] } => ({ errors: [{ message }] });
  if (typeof query !== 'string') return { status: 400, body: errors('The body must have a query.') };
  if (!isJsonObject(variables)) return { status: 400, body: errors('variables must be an object.') };
  if (resolve === undefined)
    return { status: 200, body: errors('This sandbox has no GraphQL resolver: pass the `graphql` option to Sandbox.start().') };
  return { status: 200, body: await resolve(query, variables) };
}
