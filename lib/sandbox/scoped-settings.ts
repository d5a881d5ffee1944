import { asJsonObject, type JsonObject } from '../json-object.js';
import type { Entry, Tables } from './tables.js';

type Scope = Readonly<Record<string, string>>;

/** Returns the path of the table with what the scopes of a resource have of their own. */
export const scopesOf = (path: string): string => `${path}/$scopes`;

/** Returns the key, in that table, of what a scope has in place of the values of an entry. */
export const nameInScope = ({ key, parents }: Pick<Entry, 'key' | 'parents'>, scope: Scope): string =>
  JSON.stringify([key, parents, scope]);

/** Returns settings as they apply in a channel: its own, and those of the store where it has none. */
export function settingsIn(channel: unknown, path: string, tables: Tables): JsonObject {
  const [entry] = tables.of(path).list();
  const name = nameInScope({ key: '1', parents: {}, ...entry }, { channel_id: String(channel) });
  const own = Object.entries(asJsonObject(tables.of(scopesOf(path)).get(name, {})?.values['values']));
  return { ...entry?.values, ...Object.fromEntries(own.filter(([, value]) => value !== null)) };
}
