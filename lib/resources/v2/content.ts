import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const bannerFilters = { min_id: Number, max_id: Number } as const;

/** A message on some pages of the storefront. */
@Resource('/banners', {
  version: 'v2',
  filters: bannerFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  updateDemands: ['name', 'content', 'page', 'location', 'date_type'],
  statuses: { create: 200 },
})
export class Banner extends Model<Banner, typeof bannerFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute({ required: true }) name!: string;
  @Attribute({ required: true }) content!: string;
  @Attribute({ required: true }) page!: 'home_page' | 'category_page' | 'brand_page' | 'search_page';
  @Attribute({ required: true }) location!: 'top' | 'bottom';
  @Attribute({ required: true }) date_type!: 'always' | 'custom';
  @Attribute(() => Date) date_from!: Date | null;
  @Attribute(() => Date) date_to!: Date | null;
  @Attribute() visible!: string;
  @Attribute() item_id!: string;
}

const blogPostFilters = { is_published: Boolean, url: String, tag: String, published_date: Date } as const;

/** An article of the blog. */
@Resource('/blog/posts', {
  version: 'v2',
  filters: blogPostFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  updateDemands: ['title', 'body'],
  statuses: { create: 200 },
  pageSize: 50,
})
export class BlogPost extends Model<BlogPost, typeof blogPostFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true }) title!: string;
  @Attribute() url!: string;
  @Attribute({ readOnly: true }) preview_url!: string;
  @Attribute({ required: true }) body!: string;
  @Attribute() tags!: string[];
  @Attribute({ readOnly: true, setBy: 'body' }) summary!: string;
  @Attribute() is_published!: boolean;
  @Attribute() published_date!: Record<string, unknown> | string;
  @Attribute(() => Date, { readOnly: true, setBy: 'published_date' }) published_date_iso8601!: Date | null;
  @Attribute() meta_description!: string;
  @Attribute() meta_keywords!: string;
  @Attribute() author!: string;
  @Attribute() thumbnail_path!: string;
}

const blogTagFilters = {} as const;

/** A tag of the blog, with the posts that carry it. */
@Resource('/blog/tags', { version: 'v2', filters: blogTagFilters, key: 'tag', operations: ['list'] })
export class BlogTag extends Model<BlogTag, typeof blogTagFilters> {
  @Attribute({ readOnly: true }) tag!: string;
  @Attribute({ readOnly: true }) post_ids!: number[];
}

const pageFilters = {} as const;

/** A page of the storefront that is no product, category or post. */
@Resource('/pages', {
  version: 'v2',
  filters: pageFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  statuses: { create: 200 },
})
export class Page extends Model<Page, typeof pageFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() channel_id!: number;
  @Attribute({ required: true }) name!: string;
  @Attribute() meta_title!: string;
  @Attribute() email!: string;
  @Attribute({ required: true }) body!: string;
  @Attribute() is_visible!: boolean;
  @Attribute() parent_id!: number;
  @Attribute() sort_order!: number;
  @Attribute() meta_keywords!: string;
  @Attribute({ required: true }) type!: 'page' | 'contact_form' | 'raw' | 'link';
  @Attribute() contact_fields!: string;
  @Attribute() meta_description!: string;
  @Attribute() is_homepage!: boolean;
  @Attribute() layout_file!: string;
  @Attribute() is_customers_only!: boolean;
  @Attribute() search_keywords!: string;
  @Attribute() has_mobile_version!: boolean;
  @Attribute() mobile_body!: string;
  @Attribute() content_type!: 'application/json' | 'text/javascript' | 'text/html';
  @Attribute() url!: string;
  @Attribute() link!: string;
}

const redirectFilters = {} as const;

/** An old address that leads to another. */
@Resource('/redirects', {
  version: 'v2',
  filters: redirectFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  updateDemands: ['path', 'forward'],
  statuses: { create: 200 },
})
export class Redirect extends Model<Redirect, typeof redirectFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true }) path!: string;
  @Attribute({ required: true }) forward!: Record<string, unknown>;
  @Attribute({ readOnly: true, setBy: 'path' }) url!: string;
}
