import { ArgumentError } from '../errors/argument-error.js';
import { checkParams } from '../query/params.js';
import { assertRowOf, hasValidKey, rowOf, unexpected } from '../query/parse-rows.js';
import { acceptResponse } from '../record/accept-response.js';
import { boundSession, resourceOf } from '../record/metadata-storage.js';
import { savedKey } from '../record/record-address.js';
import { contextIn, contextOf } from '../record/record-base.js';
import { ownRareState } from '../record/record-context.js';
import { dialectOf } from '../schema/dialects.js';
import { currentSession, runningSession } from '../session/current.js';
import type { RequestOptions } from '../session/options.js';
import type { StoreSession } from '../session/session.js';
import { describe } from '../transport/path.js';
import {
  type CallOptions,
  checkCall,
  type GivenParams,
  type Method,
  RECORD_CALL_OPTIONS,
  type RequestDescription,
} from '../transport/request.js';
import type { Collection } from './collection.js';
import type { Model } from './model.js';

/** A file to upload: its content, and a name whose extension tells the type. */
export interface Upload {
  readonly content: Uint8Array | Blob;
  /** `side.jpg` */
  readonly name: string;
}

/** Anything that can send requests: a record, a collection, a session. */
interface Target {
  request(method: Method, path: string, options?: RequestOptions): Promise<{ body: unknown }>;
}

/** Returns the session of a static call: that of `using()`, or the current one. */
export const sessionFor = (model: object): StoreSession => boundSession(model) ?? runningSession() ?? currentSession();

/** Sends an action of a record and returns the data of the response: for anything but create, update and delete. */
export async function act<T = unknown>(target: Target, method: Method, subpath: string, options: RequestOptions = {}): Promise<T> {
  const { body } = await target.request(method, subpath, options);
  return dialectOf(options.version ?? 'v3').unwrap(body) as T;
}

/**
 * Sends an action of a record that responds with the record itself, and returns the record: its attributes are those of the response.
 * Attributes that the program has changed stay changed. A response without content means that the record is gone.
 */
export async function refresh<M extends Model>(record: M, method: Method, subpath: string, options: RequestOptions = {}): Promise<M> {
  const context = contextOf(record);
  const response = await record.request(method, subpath, options);
  const { resource } = context.metadata;
  const request: RequestDescription = { method, version: resource.version, path: `${resource.path}/${subpath}`, query: {} };
  const row = rowOf(request, response);
  if (row === undefined) ownRareState(context).isDestroyed = true;
  else {
    assertRowOf(resource, savedKey(context), request, response, row);
    acceptResponse(context, {}, row);
  }
  return record;
}

/** Returns the options of an action with its parameters as the query of its request. @throws ArgumentError for a parameter it does not take */
export function queryOf(
  target: object,
  action: string,
  options: CallOptions & GivenParams = {},
): CallOptions & Pick<RequestOptions, 'query'> {
  const { params, ...call } = options;
  checkCall(`${action}()`, options, RECORD_CALL_OPTIONS);
  if (params === undefined) return call;
  const resource = contextIn(target)?.metadata.resource ?? resourceOf(target);
  return { ...call, query: checkParams(resource, action, params) };
}

/** Builds a form with one file and further fields. @throws ArgumentError */
export function formOf(field: string, file: Upload, fields: Readonly<Record<string, string | number | boolean>> = {}): FormData {
  const { content, name } = file ?? {};
  if (typeof name !== 'string' || name === '' || !(content instanceof Uint8Array || content instanceof Blob))
    throw new ArgumentError(
      `An upload takes { content, name }: bytes or a Blob, and the file name; got ${describe(file)}. Nothing was sent.`,
    );
  const form = new FormData();
  form.set(field, content instanceof Blob ? content : new Blob([content as Uint8Array<ArrayBuffer>]), name);
  for (const [key, value] of Object.entries(fields)) form.set(key, String(value));
  return form;
}

/**
 * Creates a record from a form.
 *
 * @throws UncertainOutcomeError if the response reports success but does not contain the new record
 */
export async function createFrom<M extends object>(place: Collection<M>, key: string, form: FormData, options?: CallOptions): Promise<M> {
  const response = await place.request('POST', '', { body: form, ...options });
  const { version, path } = place.toRequest();
  const request: RequestDescription = { method: 'POST', version, path, query: {}, body: form };
  const row = rowOf(request, response);
  if (row === undefined || !hasValidKey(row, key)) throw unexpected(request, response, `the new record with its ${key}`, row, 'none');
  return place.load(row);
}
