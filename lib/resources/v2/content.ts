import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import { unixSecondsText } from '../unix-seconds.js';
import { publishedDate } from './published-date.js';

const bannerFilters = { min_id: Number, max_id: Number } as const;

const bannerRequired = ['name', 'content', 'page', 'location', 'date_type'] as const;

/** A banner on pages of the storefront. */
@Resource('/banners', {
  version: 'v2',
  filters: bannerFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['name', 'content', 'page', 'location', 'date_type'],
  statuses: { create: 200 },
  required: bannerRequired,
})
export class Banner extends Model<Banner, V2Filters<typeof bannerFilters>, unknown, typeof bannerRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Set by the store, which has it in Unix seconds. */
  @Attribute(() => String, { readOnly: true, cast: unixSecondsText }) readonly date_created!: Date | null;
  /** For merchants. */
  @Attribute(() => String) name!: string;
  /** HTML. */
  @Attribute(() => String) content!: string;
  /** The kind of pages that show it. */
  @Attribute(() => String) page!: Open<'home_page' | 'category_page' | 'brand_page' | 'search_page'>;
  /** Where in the page. */
  @Attribute(() => String) location!: Open<'top' | 'bottom'>;
  /** Whether `date_from` and `date_to` count. */
  @Attribute(() => String) date_type!: Open<'always' | 'custom'>;
  /** From when it is shown, for the type `custom`; a Date, which the API has in Unix seconds. */
  @Attribute(() => String, { cast: unixSecondsText }) date_from!: Date | null;
  /** Until when it is shown, for the type `custom`; a Date, which the API has in Unix seconds. */
  @Attribute(() => String, { cast: unixSecondsText }) date_to!: Date | null;
  /** `1` if it is shown, `0` if not. */
  @Attribute(() => String) visible!: string;
  /** The key of the category or brand whose page shows it; `0` for all pages of the kind. */
  @Attribute(() => String) item_id!: string;
}

const blogPostFilters = { is_published: Boolean, url: String, tag: String, published_date: Date } as const;

const blogPostRequired = ['title', 'body'] as const;

/** A post of the blog. Lists begin with the one that was published last. */
@Resource('/blog/posts', {
  version: 'v2',
  filters: blogPostFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['title', 'body', 'is_published'],
  statuses: { create: 200 },
  pageSize: 250,
  required: blogPostRequired,
})
export class BlogPost extends Model<BlogPost, V2Filters<typeof blogPostFilters>, unknown, typeof blogPostRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to shoppers. */
  @Attribute(() => String) title!: string;
  /** The path; made from the title unless given. */
  @Attribute(() => String) url!: string;
  /** Where it can be read before it is published. */
  @Attribute(() => String, { readOnly: true }) readonly preview_url!: string;
  /** HTML. */
  @Attribute(() => String) body!: string;
  /** `BlogTag` lists the posts of each. */
  @Attribute(() => Array) tags!: string[];
  /** The beginning of the body. */
  @Attribute(() => String, { readOnly: true, setBy: 'body' }) readonly summary!: string;
  /** Default `false`: a draft. Sent with each change, since a change without it makes the post a draft again. */
  @Attribute(() => Boolean) is_published!: boolean;
  /** When it is published. The API reads an RFC 2822 text, and answers an object with a date and a time zone. */
  @Attribute(() => String, { cast: publishedDate }) published_date!: Date | null;
  /** The same date, as the API writes it in ISO 8601. */
  @Attribute(() => Date, { readOnly: true, setBy: 'published_date' }) readonly published_date_iso8601!: Date | null;
  /** For search engines. */
  @Attribute(() => String) meta_description!: string | null;
  /** For search engines, with commas between them. */
  @Attribute(() => String) meta_keywords!: string | null;
  /** Shown to shoppers. */
  @Attribute(() => String) author!: string | null;
  /** An image below `/product_images/`, where it was uploaded by WebDAV. */
  @Attribute(() => String) thumbnail_path!: string | null;
}

/** A tag of the blog, with its posts. */
@Resource('/blog/tags', { version: 'v2', filters: noFilters, key: 'tag', operations: ['list'] })
export class BlogTag extends Model<BlogTag, V2Filters<typeof noFilters>> {
  /** The tag itself. */
  @Attribute(() => String, { readOnly: true }) readonly tag!: string;
  /** The keys of its posts. */
  @Attribute(() => Array, { readOnly: true }) readonly post_ids!: readonly number[];
}

const pageRequired = ['name', 'body', 'type'] as const;

/** A content page of the storefront. Deprecated: `Page` of V3 has more. */
@Resource('/pages', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  statuses: { create: 200 },
  required: pageRequired,
})
export class Page extends Model<Page, V2Filters<typeof noFilters>, unknown, typeof pageRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The channel that shows it. Set once, in a new page. */
  @Attribute(() => Number) channel_id!: number;
  /** Shown to shoppers. */
  @Attribute(() => String) name!: string;
  /** In place of the name, in the title of the document. */
  @Attribute(() => String) meta_title!: string;
  /** Gets the messages of a `contact_form`. */
  @Attribute(() => String) email!: string;
  /** HTML, or the text of a `raw` page. */
  @Attribute(() => String) body!: string;
  /** Whether menus show it. */
  @Attribute(() => Boolean) is_visible!: boolean;
  /** The page whose menu shows this one. */
  @Attribute(() => Number) parent_id!: number;
  /** The place in the menu; lower comes first. */
  @Attribute(() => Number) sort_order!: number;
  /** For search engines, with commas between them. */
  @Attribute(() => String) meta_keywords!: string;
  /** `page` is text, `raw` is HTML or code, `link` an address elsewhere. */
  @Attribute(() => String) type!: Open<'page' | 'contact_form' | 'raw' | 'link'>;
  /** The fields of a `contact_form`, with commas between them: `fullname`, `phone`, `companyname`, `orderno`, `rma`. */
  @Attribute(() => String) contact_fields!: string;
  /** For search engines. */
  @Attribute(() => String) meta_description!: string;
  /** Whether the root of the site shows it. */
  @Attribute(() => Boolean) is_homepage!: boolean;
  /** The template. Written for Blueprint themes only. */
  @Attribute(() => String) layout_file!: string;
  /** Whether it is shown only after login. */
  @Attribute(() => Boolean) is_customers_only!: boolean;
  /** What the store's own search finds it by, with commas between them. */
  @Attribute(() => String) search_keywords!: string;
  /** For Blueprint themes only. */
  @Attribute(() => Boolean) has_mobile_version!: boolean;
  /** Deprecated; for Blueprint themes only. */
  @Attribute(() => String) mobile_body!: string;
  /** Of a `raw` page; `text/html` for all others. */
  @Attribute(() => String) content_type!: Open<'application/json' | 'text/javascript' | 'text/html'>;
  /** The path below the site. */
  @Attribute(() => String) url!: string;
  /** The address of a `link`; a new page of that type must have it. */
  @Attribute(() => String) link!: string;
}

const redirectRequired = ['path', 'forward'] as const;

/** Where a redirect leads. */
export interface RedirectForward {
  /** `manual` for an address, else the kind of page: `product`, `category`. */
  type: string;
  /** The address, or the key of the product or category. */
  ref: number | string;
}

/** A redirect (301) from an old path to another address. Deprecated: `Redirect` of V3 has sites. */
@Resource('/redirects', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['path', 'forward'],
  statuses: { create: 200 },
  required: redirectRequired,
})
export class Redirect extends Model<Redirect, V2Filters<typeof noFilters>, unknown, typeof redirectRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The old path. */
  @Attribute(() => String) path!: string;
  /** Where it leads. */
  @Attribute(() => Object) forward!: RedirectForward;
  /** The whole address that it leads to. */
  @Attribute(() => String, { readOnly: true, setBy: 'forward' }) readonly url!: string;
}
