import { randomInt } from 'node:crypto';
import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { v3 } from '../dialect-v3.js';
import { taxZoneOf } from '../families/cart-taxes.js';
import { type Actions, data, type Handler, invalid, on } from './action.js';

const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const LONGEST_CODE = 50;

/** Limits of the numbers in a request for codes, with the values that they have by default. */
const NUMBERS = {
  batch_size: [1, 250, undefined],
  code_length: [6, 16, 16],
  max_uses: [0, 100_000, 1],
  max_uses_per_customer: [0, 100_000, 1],
} as const;

/** Generates codes of a coupon promotion that takes many. */
const generateCodes = on('/promotions', (entry, { body, tables }) => {
  if (entry.values['redemption_type'] !== 'COUPON' || entry.values['coupon_type'] !== 'BULK')
    return v3.error(405, 'Codes are only generated for promotions with the redemption type COUPON and the coupon type BULK.');
  const numbers: Record<string, number> = {};
  for (const [name, [least, most, usual]] of Object.entries(NUMBERS)) {
    const value = body[name] ?? usual;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
      return invalid('A number is out of range.', { [name]: `must be a whole number from ${least} to ${most}` });
    numbers[name] = value;
  }
  const { batch_size = 0, code_length = 0, ...uses } = numbers;
  const around = affixesOf(body);
  if (around.join('').length + code_length > LONGEST_CODE)
    return invalid('The codes are too long.', { code_length: `makes codes of more than ${LONGEST_CODE} characters` });
  const codes = Array.from({ length: batch_size }, () => around.join(randomCode(code_length, body['exclude_characters'])));
  const created = tables.clock.iso();
  const table = tables.of('/promotions/:promotion_id/codes');
  for (const code of codes) table.insert('id', { code, current_uses: 0, ...uses, created }, { promotion_id: entry.key });
  return data({ ...uses, batch_size, created, codes: codes.map((code) => ({ code })) }, 201);
});

/** What comes before and after the random part of a code. */
function affixesOf({ prefix, suffix, delimiter = '' }: JsonObject): [string, string] {
  return [prefix === undefined ? '' : `${prefix}${delimiter}`, suffix === undefined ? '' : `${delimiter}${suffix}`];
}

function randomCode(length: number, excluded: unknown): string {
  const allowed = [...CHARACTERS].filter((each) => !(Array.isArray(excluded) && excluded.includes(each)));
  return Array.from({ length }, () => allowed[randomInt(allowed.length)]).join('');
}

/** Finds the zone of each address: the first enabled one that has its location, else the default zone. */
const checkZones: Handler = ({ incoming, tables }) =>
  data(
    jsonObjectsIn(incoming.body)
      .map((address) => taxZoneOf(address, tables))
      .filter((zone) => zone !== undefined),
  );

export const MARKETING_ACTIONS: Actions = {
  'POST /v3/promotions/:$key/codegen': generateCodes,
  'POST /v3/tax/zonecheck': checkZones,
};
