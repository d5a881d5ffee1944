import type { JsonObject } from '../../json-object.js';
import { complete, has, reason, refuse } from './checks.js';
import type { Change, Families, Family } from './family.js';
import { notAmong, type Reasons } from './rules.js';

const SCRIPTS = '/content/scripts';
const MOST_PER_CHANNEL = 50;
const MOST_OF_APP = 10;
const MOST_HASHES = 5;
const LONGEST_NAME = 255;

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  load_method: ['default', 'async', 'defer'],
  location: ['head', 'footer'],
  visibility: ['storefront', 'all_pages', 'checkout', 'order_confirmation'],
  kind: ['src', 'script_tag'],
  consent_category: ['essential', 'functional', 'analytics', 'targeting', 'unknown'],
};

/** Returns the kind of a script: that of the body, else the one that it has. */
const kindOf = (values: JsonObject): string => String(values['kind'] ?? (has(values, 'html') ? 'script_tag' : 'src'));

/** A script has an address or a text, as its kind says, and not the other. */
function wrongForKind({ body, entry }: Change): Reasons {
  const values = { ...entry?.values, ...body };
  const [needed, other] = kindOf(values) === 'src' ? ['src', 'html'] : ['html', 'src'];
  const tags = String(body['html'] ?? '').match(/<script\b/gi)?.length ?? 0;
  return {
    ...reason(!has(values, needed), needed, `is required for the kind ${kindOf(values)}`),
    ...reason(has(body, other), other, `is not for the kind ${kindOf(values)}`),
    ...reason(has(body, 'html') && kindOf(values) === 'script_tag' && tags !== 1, 'html', 'must have exactly one script tag'),
  };
}

function beyondLimits({ body, entry, tables }: Change): Reasons {
  const channel = body['channel_id'] ?? 1;
  const others = tables
    .of(SCRIPTS)
    .list()
    .filter(({ values }) => (values['channel_id'] ?? 1) === channel);
  const own = tables
    .of(SCRIPTS)
    .list()
    .filter(({ values }) => values['api_client_id'] === tables.owner.clientId);
  const hashes = body['integrity_hashes'];
  return {
    ...reason(entry === undefined && others.length >= MOST_PER_CHANNEL, 'channel_id', `has ${MOST_PER_CHANNEL} scripts already`),
    ...reason(entry === undefined && own.length >= MOST_OF_APP, 'name', `cannot be added: an app may have ${MOST_OF_APP} scripts`),
    ...reason(String(body['name'] ?? '').length > LONGEST_NAME, 'name', `may have ${LONGEST_NAME} characters at most`),
    ...reason(Array.isArray(hashes) && hashes.length > MOST_HASHES, 'integrity_hashes', `may have ${MOST_HASHES} entries at most`),
  };
}

const SCRIPT: Family = {
  refusalOf: (change) => refuse(notAmong(change.body, CHOICES), wrongForKind(change), beyondLimits(change)),
  complete(change) {
    const { values } = change.entry;
    complete(change, {
      kind: kindOf(values),
      description: '',
      html: '',
      src: '',
      auto_uninstall: true,
      load_method: 'default',
      location: 'head',
      visibility: 'storefront',
      api_client_id: change.tables.owner.clientId,
      consent_category: 'unknown',
      enabled: true,
      channel_id: 1,
    });
  },
};

/** The rules of scripts (scripts.v3.yml). */
export const SCRIPT_FAMILIES: Families = { 'v3 /content/scripts': SCRIPT };
