import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';

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
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) content!: string;
  @Attribute(() => String) page!: 'home_page' | 'category_page' | 'brand_page' | 'search_page';
  @Attribute(() => String) location!: 'top' | 'bottom';
  @Attribute(() => String) date_type!: 'always' | 'custom';
  @Attribute(() => Date) date_from!: Date | null;
  @Attribute(() => Date) date_to!: Date | null;
  @Attribute(() => String) visible!: string;
  @Attribute(() => String) item_id!: string;
}

const blogPostFilters = { is_published: Boolean, url: String, tag: String, published_date: Date } as const;

const blogPostRequired = ['title', 'body'] as const;

/** A blog post. */
@Resource('/blog/posts', {
  version: 'v2',
  filters: blogPostFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['title', 'body'],
  statuses: { create: 200 },
  pageSize: 50,
  required: blogPostRequired,
})
export class BlogPost extends Model<BlogPost, V2Filters<typeof blogPostFilters>, unknown, typeof blogPostRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) title!: string;
  @Attribute(() => String) url!: string;
  @Attribute(() => String, { readOnly: true }) readonly preview_url!: string;
  @Attribute(() => String) body!: string;
  @Attribute(() => Array) tags!: string[];
  @Attribute(() => String, { readOnly: true, setBy: 'body' }) readonly summary!: string;
  @Attribute(() => Boolean) is_published!: boolean;
  @Attribute(() => Object) published_date!: Record<string, unknown> | string;
  @Attribute(() => Date, { readOnly: true, setBy: 'published_date' }) readonly published_date_iso8601!: Date | null;
  @Attribute(() => String) meta_description!: string;
  @Attribute(() => String) meta_keywords!: string;
  @Attribute(() => String) author!: string;
  @Attribute(() => String) thumbnail_path!: string;
}

const blogTagFilters = {} as const;

/** A tag of the blog, with its posts. */
@Resource('/blog/tags', { version: 'v2', filters: blogTagFilters, key: 'tag', operations: ['list'] })
export class BlogTag extends Model<BlogTag, V2Filters<typeof blogTagFilters>> {
  @Attribute(() => String, { readOnly: true }) readonly tag!: string;
  @Attribute(() => Array, { readOnly: true }) readonly post_ids!: number[];
}

const pageFilters = {} as const;

const pageRequired = ['name', 'body', 'type'] as const;

/** A content page of the storefront. */
@Resource('/pages', {
  version: 'v2',
  filters: pageFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  statuses: { create: 200 },
  required: pageRequired,
})
export class Page extends Model<Page, V2Filters<typeof pageFilters>, unknown, typeof pageRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) meta_title!: string;
  @Attribute(() => String) email!: string;
  @Attribute(() => String) body!: string;
  @Attribute(() => Boolean) is_visible!: boolean;
  @Attribute(() => Number) parent_id!: number;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) meta_keywords!: string;
  @Attribute(() => String) type!: 'page' | 'contact_form' | 'raw' | 'link';
  @Attribute(() => String) contact_fields!: string;
  @Attribute(() => String) meta_description!: string;
  @Attribute(() => Boolean) is_homepage!: boolean;
  @Attribute(() => String) layout_file!: string;
  @Attribute(() => Boolean) is_customers_only!: boolean;
  @Attribute(() => String) search_keywords!: string;
  @Attribute(() => Boolean) has_mobile_version!: boolean;
  @Attribute(() => String) mobile_body!: string;
  @Attribute(() => String) content_type!: 'application/json' | 'text/javascript' | 'text/html';
  @Attribute(() => String) url!: string;
  @Attribute(() => String) link!: string;
}

const redirectFilters = {} as const;

const redirectRequired = ['path', 'forward'] as const;

/** A redirect from an old URL to another. */
@Resource('/redirects', {
  version: 'v2',
  filters: redirectFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['path', 'forward'],
  statuses: { create: 200 },
  required: redirectRequired,
})
export class Redirect extends Model<Redirect, V2Filters<typeof redirectFilters>, unknown, typeof redirectRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) path!: string;
  @Attribute(() => Object) forward!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true, setBy: 'path' }) readonly url!: string;
}
