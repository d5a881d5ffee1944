import { createHmac, randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json-object.js';
import { has, missingRow, reason, refuse } from './checks.js';
import type { Change, Families, Family } from './family.js';
import { type Reasons } from './rules.js';

const SECRET = 'sandbox-storefront-secret';
const SCOPES: ReadonlySet<string> = new Set(['Unauthenticated', 'Customer', 'B2B']);
const MOST_ORIGINS = 2;
/** Later dates are in milliseconds, which the API does not take: it reads them as seconds. */
const LATEST_S = 100_000_000_000;

/** Returns a token with these claims. */
export function tokenWith(claims: JsonObject): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

const channelsIn = ({ channel_id, channel_ids }: JsonObject): unknown[] => (Array.isArray(channel_ids) ? channel_ids : [channel_id]);

function wrongChannels({ body, tables }: Change): Reasons {
  const isBoth = has(body, 'channel_id') && has(body, 'channel_ids');
  const field = has(body, 'channel_ids') ? 'channel_ids' : 'channel_id';
  const [missing] = channelsIn(body).flatMap((channel_id) => Object.values(missingRow({ channel_id }, 'channel_id', '/channels', tables)));
  return { ...reason(isBoth, 'channel_ids', 'cannot be sent with channel_id'), ...reason(missing !== undefined, field, missing ?? '') };
}

function wrongExpiry({ body: { expires_at }, tables }: Change): Reasons {
  const seconds = Number(expires_at);
  if (expires_at === undefined || Number.isNaN(seconds)) return {};
  const isPast = seconds <= tables.clock.seconds();
  return reason(isPast || seconds > LATEST_S, 'expires_at', isPast ? 'must be in the future' : 'must be in seconds');
}

const isOrigin = (text: unknown): boolean => URL.canParse(String(text)) && new URL(String(text)).origin === String(text);

function wrongOrigins({ body: { allowed_cors_origins: origins } }: Change): Reasons {
  const isWrong = Array.isArray(origins) && (origins.length < 1 || origins.length > MOST_ORIGINS || !origins.every(isOrigin));
  return reason(isWrong, 'allowed_cors_origins', `must have 1 or ${MOST_ORIGINS} origins`);
}

function wrongScopes({ body: { scopes } }: Change): Reasons {
  const isWrong = Array.isArray(scopes) && (scopes.length === 0 || !scopes.every((scope) => SCOPES.has(String(scope))));
  return reason(isWrong, 'scopes', `must be some of ${[...SCOPES].join(', ')}`);
}

/** Tokens of a kind: JWTs, which only the response that creates them shows. */
const tokens = (kind: number): Family => ({
  refusalOf: (change) => refuse(wrongExpiry(change), wrongChannels(change), wrongOrigins(change), wrongScopes(change)),
  stored({ body, tables }) {
    const claims = {
      cid: channelsIn(body),
      ...(has(body, 'allowed_cors_origins') ? { corsOrigins: body['allowed_cors_origins'] } : {}),
      ...(has(body, 'scopes') ? { scopes: body['scopes'] } : {}),
      eat: Number(body['expires_at']),
      iat: tables.clock.seconds(),
      iss: 'BC',
      jti: randomUUID(),
      sid: 1000,
      sub: tables.owner.clientId,
      sub_type: 2,
      token_type: kind,
    };
    return { token: tokenWith(claims) };
  },
  show({ row }) {
    for (const name of Object.keys(row)) if (name !== 'token') delete row[name];
  },
});

/** The rules of tokens for the GraphQL Storefront API (storefront_tokens.v3.yml). */
export const TOKEN_FAMILIES: Families = {
  'v3 /storefront/api-token': tokens(1),
  'v3 /storefront/api-token-private': tokens(3),
  'v3 /storefront/api-token-customer-impersonation': tokens(2),
};
