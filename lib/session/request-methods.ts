import { fromHere } from '../errors/call-site.js';
import { checkBody } from '../transport/json-body.js';
import { checkPath } from '../transport/path.js';
import { type ApiResponse, type CallOptions, callOf, checkCall, type Method, type RequestDescription } from '../transport/request.js';
import { checkHeaders } from './credentials.js';
import { graphqlData, graphqlRequest } from './graphql.js';
import { REQUEST_OPTIONS, type RequestOptions } from './options.js';

/** Offers the low-level calls of a session, for whatever has no model. */
export abstract class RequestMethods {
  /** Sends a described request. */
  abstract send(request: RequestDescription): Promise<ApiResponse>;

  /** Sends `GET`. @example await session.get('/catalog/summary') */
  get(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('GET', path, options);
  }

  /** Sends `POST`. @example await session.post('/hooks', { body: { scope, destination } }) */
  post(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('POST', path, options);
  }

  /** Sends `PUT`. */
  put(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('PUT', path, options);
  }

  /** Sends `PATCH`. */
  patch(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('PATCH', path, options);
  }

  /** Sends `DELETE`. */
  delete(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('DELETE', path, options);
  }

  /**
   * Sends a request to a path below the version, such as `/catalog/summary`, and returns the response as it came, envelope and all.
   *
   * @throws ArgumentError for a path that contains a query or would lead elsewhere; HttpError for a status other than 2xx
   */
  async request(method: Method, path: string, options: RequestOptions = {}): Promise<ApiResponse> {
    checkCall(`${method} ${String(path).slice(0, 100)}`, options, REQUEST_OPTIONS);
    const { version = 'v3', query = {}, body, headers, ...call } = options;
    const sent = body instanceof FormData ? body : checkBody(body, 'body');
    return fromHere(() =>
      this.send({ method, version, path: checkPath(path), query, body: sent, headers: checkHeaders(headers), ...callOf(call) }),
    );
  }

  /**
   * Sends a document to the GraphQL Admin API, and returns the `data` of the response.
   *
   * @throws GraphQLError if the response contains errors, which come with status 200; the partial data is on the error
   * @example
   * const { store } = await session.graphql<{ store: { name: string } }>('query { store { name } }');
   */
  async graphql<T = unknown>(query: string, variables: Readonly<Record<string, unknown>> = {}, options: CallOptions = {}): Promise<T> {
    checkCall('graphql()', options);
    const request = graphqlRequest(query, variables, options);
    return graphqlData(request, await fromHere(() => this.send(request))) as T;
  }
}
