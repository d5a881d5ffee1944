import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { keySpelling } from '../query/parse-rows.js';
import { type BoundScope, collectionPath, type Row } from '../query/scope.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import type { Key } from '../transport/path.js';
import { addressOf } from '../transport/request.js';
import type { ChildList } from './parent-update.js';

/**
 * Returns the entries of all children that remain: the changed ones first, so that the positions in error messages are theirs.
 *
 * @throws RecordNotFoundError for a child that is not there any more
 */
export function replacement({ scope, changes, isWhole }: ChildList, current: readonly Row[]): Row[] {
  const { resource } = scope;
  const left = new Map(current.map((row) => [keySpelling(row[resource.key]), row]));
  const entries: Row[] = [];
  for (const { key, body, isRemoved } of changes) {
    const row = key === undefined ? {} : left.get(keySpelling(key));
    if (row === undefined) throw notFound(scope, key);
    if (key !== undefined) left.delete(keySpelling(key));
    if (isRemoved !== true) entries.push({ ...writableIn(resource, row, unsettled(resource.through?.dependent, body)), ...body });
  }
  return isWhole ? entries : [...entries, ...[...left.values()].map((row) => writableIn(resource, row))];
}

/** Returns which of values that follow from each other is left to the store: the last one that did not change. */
const unsettled = (dependent: readonly string[] = [], body: Row): string | undefined =>
  dependent.some((name) => name in body) ? dependent.findLast((name) => !(name in body)) : undefined;

/** Returns the key and the attributes of a row that a request may have, except one. */
function writableIn({ key, attributes }: ResourceDeclaration, row: Row, except?: string): Row {
  const isSent = (name: string): boolean => name !== except && (name === key || attributes[name]?.readOnly === false);
  return Object.fromEntries(Object.entries(row).filter(([name]) => isSent(name)));
}

function notFound(scope: BoundScope, key: Key | undefined): RecordNotFoundError {
  const { name, key: keyName, version } = scope.resource;
  const path = addressOf({ version, path: collectionPath(scope) });
  return new RecordNotFoundError(`No ${name} with ${keyName} ${key} at ${path}: it was deleted since it was read. Nothing was changed.`, {
    status: 404,
    method: 'GET',
    path,
    body: undefined,
    headers: {},
  });
}
