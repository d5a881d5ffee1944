import type { Entry, Tables } from '../tables.js';
import type { Families, Family } from './family.js';
import { mistakesInKeys } from './field-rules.js';
import { refusing } from './rules.js';

const SEGMENTS = '/segments';
const PROFILES = '/shopper-profiles';
const MEMBERS = '/segments/:segment_id/shopper-profiles';
const MEMBERSHIPS = '/shopper-profiles/:shopper_profile_id/segments';
const MOST_SEGMENTS = 1000;

/** Puts a shopper profile into a segment. */
export function join(segment: Entry, profile: Entry, tables: Tables): void {
  tables.of(MEMBERS).insert('id', profile.values, { segment_id: segment.key }, ['segment_id']);
  tables.of(MEMBERSHIPS).insert('id', segment.values, { shopper_profile_id: profile.key }, ['shopper_profile_id']);
}

export const isMember = (segment: Entry, profile: Entry, tables: Tables): boolean =>
  tables
    .of(MEMBERS)
    .list({ segment_id: segment.key })
    .some(({ key }) => key === profile.key);

/** Removes rows of a table that a test fits. */
function removeWhere(path: string, fits: (entry: Entry) => boolean, tables: Tables): void {
  for (const entry of tables.of(path).list()) if (fits(entry)) tables.of(path).delete(entry);
}

const SEGMENT: Family = {
  refusalOf({ entry, tables, place = 0 }) {
    const isFull = entry === undefined && tables.of(SEGMENTS).list().length + place >= MOST_SEGMENTS;
    return isFull ? { fields: { name: `is too much: a store has at most ${MOST_SEGMENTS} segments` } } : undefined;
  },
  stored: ({ body, entry }) => (entry === undefined && body['description'] === undefined ? { description: '' } : {}),
  // The profiles of its members stay.
  removed({ entry, tables }) {
    removeWhere(MEMBERS, ({ parents }) => parents['segment_id'] === entry.key, tables);
    removeWhere(MEMBERSHIPS, ({ key }) => key === entry.key, tables);
  },
};

const PROFILE: Family = {
  refusalOf({ body, tables }) {
    const { customer_id } = body;
    const isTaken = tables
      .of(PROFILES)
      .list()
      .some(({ values }) => values['customer_id'] === customer_id);
    return refusing({
      ...(customer_id === undefined ? { customer_id: 'is required' } : mistakesInKeys(body, { customer_id: '/customers' }, tables)),
      ...(isTaken ? { customer_id: 'has a shopper profile already' } : {}),
    });
  },
  removed({ entry, tables }) {
    removeWhere(MEMBERS, ({ key }) => key === entry.key, tables);
    removeWhere(MEMBERSHIPS, ({ parents }) => parents['shopper_profile_id'] === entry.key, tables);
  },
};

/** A profile that leaves a segment is not in its list of segments any more. */
const MEMBER: Family = {
  removed({ entry, tables }) {
    const { segment_id } = entry.parents;
    removeWhere(MEMBERSHIPS, ({ key, parents }) => key === segment_id && parents['shopper_profile_id'] === entry.key, tables);
  },
};

export const SEGMENT_FAMILIES: Families = {
  'v3 /segments': SEGMENT,
  'v3 /shopper-profiles': PROFILE,
  'v3 /segments/:segment_id/shopper-profiles': MEMBER,
};
