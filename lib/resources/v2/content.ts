import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const bannerFilters = { min_id: Number, max_id: Number } as const;

/** A banner on pages of the storefront. */
@Resource('/banners', {
  version: 'v2',
  filters: bannerFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['name', 'content', 'page', 'location', 'date_type'],
  statuses: { create: 200 },
})
export class Banner extends Model<Banner, typeof bannerFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => String, { required: true }) name!: string;
  @Attribute(() => String, { required: true }) content!: string;
  @Attribute(() => String, { required: true }) page!: 'home_page' | 'category_page' | 'brand_page' | 'search_page';
  @Attribute(() => String, { required: true }) location!: 'top' | 'bottom';
  @Attribute(() => String, { required: true }) date_type!: 'always' | 'custom';
  @Attribute(() => Date) date_from!: Date | null;
  @Attribute(() => Date) date_to!: Date | null;
  @Attribute(() => String) visible!: string;
  @Attribute(() => String) item_id!: string;
}

const blogPostFilters = { is_published: Boolean, url: String, tag: String, published_date: Date } as const;

/** A blog post. */
@Resource('/blog/posts', {
  version: 'v2',
  filters: blogPostFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['title', 'body'],
  statuses: { create: 200 },
  pageSize: 50,
})
export class BlogPost extends Model<BlogPost, typeof blogPostFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { required: true }) title!: string;
  @Attribute(() => String) url!: string;
  @Attribute(() => String, { readOnly: true }) preview_url!: string;
  @Attribute(() => String, { required: true }) body!: string;
  @Attribute(() => Array) tags!: string[];
  @Attribute(() => String, { readOnly: true, setBy: 'body' }) summary!: string;
  @Attribute(() => Boolean) is_published!: boolean;
  @Attribute(() => Object) published_date!: Record<string, unknown> | string;
  @Attribute(() => Date, { readOnly: true, setBy: 'published_date' }) published_date_iso8601!: Date | null;
  @Attribute(() => String) meta_description!: string;
  @Attribute(() => String) meta_keywords!: string;
  @Attribute(() => String) author!: string;
  @Attribute(() => String) thumbnail_path!: string;
}

const blogTagFilters = {} as const;

/** A tag of the blog, with its posts. */
@Resource('/blog/tags', { version: 'v2', filters: blogTagFilters, key: 'tag', operations: ['list'] })
export class BlogTag extends Model<BlogTag, typeof blogTagFilters> {
  @Attribute(() => String, { readOnly: true }) tag!: string;
  @Attribute(() => Array, { readOnly: true }) post_ids!: number[];
}

const pageFilters = {} as const;

/** A content page of the storefront. */
@Resource('/pages', {
  version: 'v2',
  filters: pageFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  statuses: { create: 200 },
})
export class Page extends Model<Page, typeof pageFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => String, { required: true }) name!: string;
  @Attribute(() => String) meta_title!: string;
  @Attribute(() => String) email!: string;
  @Attribute(() => String, { required: true }) body!: string;
  @Attribute(() => Boolean) is_visible!: boolean;
  @Attribute(() => Number) parent_id!: number;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) meta_keywords!: string;
  @Attribute(() => String, { required: true }) type!: 'page' | 'contact_form' | 'raw' | 'link';
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

/** A redirect from an old URL to another. */
@Resource('/redirects', {
  version: 'v2',
  filters: redirectFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['path', 'forward'],
  statuses: { create: 200 },
})
export class Redirect extends Model<Redirect, typeof redirectFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { required: true }) path!: string;
  @Attribute(() => Object, { required: true }) forward!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true, setBy: 'path' }) url!: string;
}
