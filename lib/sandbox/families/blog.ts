import type { JsonObject } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { complete, has, reason, refuse } from './checks.js';
import type { Families, Family } from './family.js';
import { pathFor } from './rules.js';

const POSTS = '/blog/posts';
const SUMMARY_LENGTH = 200;

/** Returns a date in the form in which posts are read. */
export function publishedDate(date: Date): JsonObject {
  const text = date.toISOString().replace('T', ' ').replace('Z', '000');
  return {
    published_date: { timezone_type: 1, date: text, timezone: '+00:00' },
    published_date_iso8601: date.toISOString(),
  };
}

const dateIn = (body: JsonObject): Date => new Date(String(body['published_date']));

const dateOf = ({ values }: Entry): string => String(values['published_date_iso8601'] ?? '');

/** Returns the beginning of a post, without its tags. */
const summaryOf = (body: unknown): string =>
  String(body ?? '')
    .replace(/<[^>]*>/g, '')
    .slice(0, SUMMARY_LENGTH);

const POST: Family = {
  filters: { tag: ({ entry, expected }) => tagsIn(entry).includes(expected) },
  refusalOf: ({ body }) =>
    refuse(reason(has(body, 'published_date') && Number.isNaN(dateIn(body).getTime()), 'published_date', 'must be an RFC 2822 date')),
  stored({ body, entry, tables }) {
    const isPublished = body['is_published'] === true;
    // A change that does not say so makes a post a draft again.
    const published = has(body, 'published_date') ? publishedDate(dateIn(body)) : undefined;
    const now = isPublished && entry?.values['published_date_iso8601'] == null ? publishedDate(new Date(tables.clock.now())) : {};
    return { is_published: isPublished, ...(published ?? now), ...(has(body, 'body') ? { summary: summaryOf(body['body']) } : {}) };
  },
  complete(change) {
    const url = `/blog${pathFor(change.entry.values['title'])}`;
    complete(change, { url, tags: [], meta_description: null, meta_keywords: null, author: null, thumbnail_path: null });
    complete(change, { preview_url: change.entry.values['url'], ...publishedDate(new Date(change.tables.clock.now())) });
  },
  // The one that was published last comes first.
  order: (a, b) => dateOf(b).localeCompare(dateOf(a)),
};

const tagsIn = ({ values: { tags } }: Entry): string[] => (Array.isArray(tags) ? tags.map(String) : []);

/** Returns the tags of all posts, with the posts of each. */
export function tagsOf(tables: Tables): JsonObject[] {
  const tags = new Map<string, unknown[]>();
  for (const post of tables.of(POSTS).list()) for (const tag of tagsIn(post)) tags.set(tag, [...(tags.get(tag) ?? []), post.values['id']]);
  return [...tags].map(([tag, post_ids]) => ({ tag, post_ids }));
}

/** The rules of the blog (store_content.v2.yml). */
export const BLOG_FAMILIES: Families = { 'v2 /blog/posts': POST };
