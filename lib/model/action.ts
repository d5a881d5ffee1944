import { ArgumentError } from '../errors/argument-error.js';
import { hasValidKey, rowOf, unexpected } from '../query/parse-rows.js';
import { boundSession } from '../record/metadata-storage.js';
import { dialectOf } from '../schema/dialects.js';
import { currentSession, runningSession } from '../session/current.js';
import type { RequestOptions } from '../session/options.js';
import type { StoreSession } from '../session/session.js';
import { describe } from '../transport/path.js';
import type { CallOptions, Method, RequestDescription } from '../transport/request.js';
import type { Collection } from './collection.js';

/** A file to upload: its content, with a name that tells its kind. */
export interface Upload {
  readonly content: Uint8Array | Blob;
  /** `side.jpg` */
  readonly name: string;
}

/** What requests can be sent by: a record, a collection, a session. */
interface Target {
  request(method: Method, path: string, options?: RequestOptions): Promise<{ body: unknown }>;
}

/** The session of a static call: that of `using()`, else the current one. */
export const sessionFor = (model: object): StoreSession => boundSession(model) ?? runningSession() ?? currentSession();

/** Does something below a record, and gives the data of the response: for actions that are no create, update or delete. */
export async function act<T = unknown>(target: Target, method: Method, subpath: string, options: RequestOptions = {}): Promise<T> {
  const { body } = await target.request(method, subpath, options);
  return dialectOf(options.version ?? 'v3').unwrap(body) as T;
}

/** A form with one file and further fields. @throws ArgumentError */
export function formOf(field: string, file: Upload, fields: Readonly<Record<string, string | number | boolean>> = {}): FormData {
  const { content, name } = file ?? {};
  if (typeof name !== 'string' || name === '' || !(content instanceof Uint8Array || content instanceof Blob))
    throw new ArgumentError(`An upload is { content, name }: bytes or a Blob, and the name of the file; got ${describe(file)}.`);
  const form = new FormData();
  form.set(field, content instanceof Blob ? content : new Blob([content as Uint8Array<ArrayBuffer>]), name);
  for (const [key, value] of Object.entries(fields)) form.set(key, String(value));
  return form;
}

/**
 * Creates a record from a form, in the place where it belongs.
 *
 * @throws UncertainOutcomeError where the response says success and does not tell what was made
 */
export async function createFrom<M extends object>(place: Collection<M>, key: string, form: FormData, options?: CallOptions): Promise<M> {
  const response = await place.request('POST', '', { body: form, ...options });
  const { version, path } = place.toRequest();
  const request: RequestDescription = { method: 'POST', version, path, query: {}, body: form };
  const row = rowOf(request, response);
  if (row === undefined || !hasValidKey(row, key)) throw unexpected(request, response, `the new record with its ${key}`, row, 'none');
  return place.load(row);
}
