import { isJsonObject, type JsonObject } from '../../json-object.js';
import { covers } from '../../webhooks/scope-pattern.js';
import { mistakeInScope } from '../deliveries.js';
import type { Tables } from '../tables.js';
import type { Change, Families, Family, Refusal } from './family.js';

const HOOKS = '/hooks';
const MOST_PER_SCOPE = 10;
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A destination is an HTTPS URL on port 443; tests may receive on any port of their own machine. */
function isDestination(text: unknown): boolean {
  const url = URL.canParse(String(text)) ? new URL(String(text)) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false;
  return LOOPBACK.has(url.hostname) || (url.protocol === 'https:' && url.port === '');
}

const isHeaders = (value: unknown): boolean =>
  value === null || (isJsonObject(value) && Object.values(value).every((each) => typeof each === 'string'));

function mistakesIn({ scope, destination, headers }: JsonObject): Record<string, string> {
  const mistake = typeof scope === 'string' ? mistakeInScope(scope, true) : undefined;
  return {
    ...(mistake === undefined ? {} : { scope: mistake }),
    ...(destination === undefined || isDestination(destination) ? {} : { destination: 'must be an HTTPS URL on port 443' }),
    ...(headers === undefined || isHeaders(headers) ? {} : { headers: 'must be an object of texts' }),
  };
}

/** Refuses what the platform limits: ten hooks of a scope, one of a scope and a destination (integrations/webhooks/overview). */
function beyondLimits({ body, entry, tables }: Change): Refusal | undefined {
  const { scope, destination } = { ...entry?.values, ...body };
  const others = tables
    .of(HOOKS)
    .list()
    .filter((hook) => hook !== entry && hook.values['scope'] === scope);
  if (others.some(({ values }) => values['destination'] === destination))
    return { fields: { destination: 'has a webhook of this scope already' } };
  return others.length >= MOST_PER_SCOPE ? { fields: { scope: `has ${MOST_PER_SCOPE} webhooks already` } } : undefined;
}

/** The rules of webhooks. */
const WEBHOOK: Family = {
  refusalOf(change) {
    const { body, entry } = change;
    if (entry !== undefined && Object.keys(body).length === 0) return { message: 'At least one field is required.' };
    const fields = mistakesIn(body);
    return Object.keys(fields).length > 0 ? { fields } : beyondLimits(change);
  },
  stored({ entry, tables }) {
    const seconds = tables.clock.seconds();
    if (entry !== undefined) return { updated_at: seconds };
    const { clientId, storeHash } = tables.owner;
    return { client_id: clientId, store_hash: storeHash, created_at: seconds, updated_at: seconds };
  },
  complete({ entry: { values } }) {
    values['is_active'] ??= true;
    values['headers'] ??= null;
  },
};

/** Returns the hooks as the administration lists them. `deactivated` stands for a hook that the platform has switched off. */
function administered(tables: Tables, isActive: string | undefined): JsonObject[] {
  const missed = tables.of(`${HOOKS}/events`).list();
  const hasMissed = ({ scope, created_at }: JsonObject): boolean =>
    missed.some(({ values }) => covers(String(scope), String(values['scope'])) && Number(values['created_at']) >= Number(created_at));
  return tables
    .of(HOOKS)
    .list()
    .map(({ values }) => ({ ...values, status: values['is_active'] !== false ? 'active' : hasMissed(values) ? 'deactivated' : 'inactive' }))
    .filter(({ status }) => isActive === undefined || (status === 'active') === (isActive === 'true'));
}

const ADMIN: Family = {
  show({ row, query, tables }) {
    const { emails = [] } = row;
    Object.assign(row, { emails, hooks_list: administered(tables, query['is_active']), blocked_domains: [] });
  },
};

/** The rules of webhooks in both generations (webhooks.v3.yml). */
export const WEBHOOK_FAMILIES: Families = { 'v2 /hooks': WEBHOOK, 'v3 /hooks': WEBHOOK, 'v3 /hooks/admin': ADMIN };
