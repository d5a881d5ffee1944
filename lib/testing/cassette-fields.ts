/** Names of fields that hold what nobody may read: credentials, passwords, card numbers. Written as the API writes names, in snake case. */
const SECRET_NAME =
  /(^|_)(pass_?(word|wd|phrase)(_confirmation)?|secret|token|cvv2?|cvc|verification_value|security_code|(api|auth|private)_key|card_number|authorization(_code)?)s?$/;

/** What currencies call their separators. */
const SEPARATOR = /(decimal|thousands)_token$/;

/** Objects whose values are secrets: the headers of a webhook prove who sends a delivery. */
const SECRET_PARENTS: ReadonlySet<string> = new Set(['headers']);
/** Objects whose `number` is that of a card or a bank account. */
const CARDS: ReadonlySet<string> = new Set(['instrument', 'card', 'credit_card', 'bank_account']);

/** Names of fields that say who somebody is or where somebody lives, in both API generations. */
const PERSONAL_NAME = new RegExp(
  `(^|_)(${[
    'first_?name',
    'last_?name',
    'full_?name',
    'middle_?name',
    'cardholder_name',
    'recipient(_name)?',
    'to_name',
    'from_name',
    'user_?name',
    'company(_name)?',
    'e_?mail(_address)?',
    '(tele)?phone(_number)?',
    'mobile(_number)?',
    'fax(_number)?',
    'street(_?\\d)?',
    'address(_?line)?(_?\\d)?',
    'city',
    'zip(_?code)?',
    'post(al)?_?code',
    'ip(_address)?(_v[46])?',
    'customer_message',
    'wrapping_message',
    'customer_notes?',
    'staff_notes?',
    'notes',
    'date_of_birth',
    'birth_?da(y|te)',
    '(vat|tax)_(registration_)?number',
    'card_(iin|bin)',
    'card_last_?4',
    'last_(4|four)(_digits)?',
  ].join('|')})$`,
);

/** Paths to personal fields whose own names say nothing. */
export const PERSONAL_PATHS: readonly string[] = ['form_fields.value', 'attributes.attribute_value'];

/** Personal fields of single resources, whose names mean something else elsewhere, by the path of the request. */
export const FIELDS_BY_PATH: readonly (readonly [path: RegExp, fields: readonly string[]])[] = [
  [/^\/v3\/customers(\/addresses)?$/, ['name']], // the filters name:in and name:like take whole names
  [/^\/v3\/customers\/attribute-values$/, ['attribute_value', 'value']],
  [/^\/v3\/customers\/form-field-values$/, ['value']],
  [/\/reviews(\/|$)/, ['name', 'author', 'title', 'text', 'review']],
  [/^\/v2\/orders\/(\d+\/)?shipments/, ['comments']],
  [/^\/v2\/gift_certificates/, ['message', 'code']],
  [/^\/v2\/orders\/(\d+\/)?messages/, ['message', 'subject']],
];

/** `firstName` and `First-Name` are `first_name`. */
const inSnakeCase = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();

/** Whether the value at these names is a secret. */
export function isSecret(names: readonly string[]): boolean {
  const name = inSnakeCase(names.at(-1) ?? '');
  const parent = inSnakeCase(names.at(-2) ?? '');
  if (SEPARATOR.test(name)) return false;
  return SECRET_NAME.test(name) || SECRET_PARENTS.has(parent) || (name === 'number' && CARDS.has(parent));
}

/** Whether a field of this name is personal. */
export const isPersonal = (name: string): boolean => PERSONAL_NAME.test(inSnakeCase(name));
