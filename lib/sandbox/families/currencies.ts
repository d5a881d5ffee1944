import { complete, has, reason, refuse } from './checks.js';
import type { Change, Families, Family } from './family.js';
import { notAmong } from './rules.js';

const CURRENCIES = '/currencies';
const RATE_DECIMALS = 10;

function wrongCode({ body, entry, tables }: Change) {
  const code = body['currency_code'];
  if (!has(body, 'currency_code') || code === entry?.values['currency_code']) return {};
  const isTaken = tables
    .of(CURRENCIES)
    .list()
    .some(({ values }) => values['currency_code'] === code);
  return {
    ...reason(entry !== undefined, 'currency_code', 'cannot be changed'),
    ...reason(!/^[A-Z]{3}$/.test(String(code)), 'currency_code', 'must be a code of three letters, ISO 4217'),
    ...reason(isTaken, 'currency_code', 'is that of another currency of the store'),
  };
}

/** One currency is the default one: another one can take its place, and it cannot be deleted (currencies.v2.yml). */
const CURRENCY: Family = {
  refusalOf(change) {
    const { body, entry } = change;
    const isUnset = body['is_default'] === false && entry?.values['is_default'] === true;
    return refuse(
      reason(isUnset, 'is_default', 'can be set to true only: another currency takes its place'),
      notAmong(body, { token_location: ['left', 'right'] }),
      wrongCode(change),
    );
  },
  stored({ body, tables }) {
    const rate = body['currency_exchange_rate'];
    return {
      last_updated: tables.clock.iso(),
      ...(rate === undefined || rate === null ? {} : { currency_exchange_rate: Number(rate).toFixed(RATE_DECIMALS) }),
      ...(has(body, 'name') ? { use_default_name: false } : {}),
    };
  },
  complete({ body, entry, tables }) {
    complete({ entry }, { is_default: false, country_iso2: '', default_for_country_codes: [], auto_update: false, enabled: true });
    complete({ entry }, { is_transactional: false, use_default_name: false });
    if (body['is_default'] !== true) return;
    for (const other of tables.of(CURRENCIES).list()) if (other !== entry) other.values['is_default'] = false;
  },
  refusalOfRemoval: ({ entry }) =>
    entry.values['is_default'] === true ? { status: 409, message: 'The default currency cannot be deleted.' } : undefined,
};

/** The rules of currencies. */
export const CURRENCY_FAMILIES: Families = { 'v2 /currencies': CURRENCY };
