import { act } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

const pageFilters = { channel_id: Number, 'id:in': Number, name: String, 'name:like': String } as const;

/** A page of a storefront that is no product, category or post. */
@Resource('/content/pages', {
  version: 'v3',
  filters: pageFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  includes: ['body'],
  deleteFilters: ['id:in', 'delete_children'],
  statuses: { create: 201 },
})
export class Page extends Model<Page, typeof pageFilters> {
  @Attribute({ readOnly: true }) id!: number;
  /** Where the page is shown. Its own examples of POST give it, though one schema of pages.v3.yml says `readOnly`. */
  @Attribute() channel_id!: number;
  @Attribute({ required: true }) name!: string;
  @Attribute() is_visible!: boolean;
  @Attribute() parent_id!: number;
  @Attribute() sort_order!: number;
  @Attribute({ required: true }) type!: 'page' | 'raw' | 'contact_form' | 'link' | 'blog';
  @Attribute() is_homepage!: boolean;
  @Attribute() is_customers_only!: boolean;
  @Attribute() url!: string;
  @Attribute() meta_title!: string;
  @Attribute() meta_keywords!: string;
  @Attribute() meta_description!: string;
  @Attribute() search_keywords!: string;
  @Attribute() email!: string;
  @Attribute() contact_fields!: string;
  @Attribute() body!: string;
  @Attribute() content_type!: string;
  @Attribute() link!: string;
}

const scriptFilters = { 'channel_id:in': Number } as const;

/** A script that a storefront runs. */
@Resource('/content/scripts', {
  version: 'v3',
  filters: scriptFilters,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class Script extends Model<Script, typeof scriptFilters> {
  @Attribute({ required: true }) name!: string;
  @Attribute({ readOnly: true }) uuid!: string;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute() description!: string;
  @Attribute() html!: string;
  @Attribute() src!: string;
  @Attribute() auto_uninstall!: boolean;
  @Attribute() load_method!: 'default' | 'async' | 'defer';
  @Attribute() location!: 'head' | 'footer';
  @Attribute() visibility!: 'storefront' | 'all_pages' | 'checkout' | 'order_confirmation';
  @Attribute() kind!: 'src' | 'script_tag';
  @Attribute() api_client_id!: string;
  @Attribute() consent_category!: 'essential' | 'functional' | 'analytics' | 'targeting';
  @Attribute() enabled!: boolean;
  @Attribute() channel_id!: number;
  @Attribute() integrity_hashes!: string[];
}

const widgetFilters = {
  widget_template_kind: String,
  widget_template_uuid: String,
  name: String,
  'name:in': String,
  'channel_id:in': Number,
  'site_id:in': Number,
} as const;

/** A piece of a page, made from a template. */
@Resource('/content/widgets', {
  version: 'v3',
  filters: widgetFilters,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class Widget extends Model<Widget, typeof widgetFilters> {
  @Attribute({ required: true }) name!: string;
  @Attribute() description!: string;
  @Attribute() widget_configuration!: Record<string, unknown>;
  @Attribute({ readOnly: true }) uuid!: string;
  @Attribute({ readOnly: true, setBy: 'widget_template_uuid' }) widget_template!: Record<string, unknown>;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute({ readOnly: true }) version_uuid!: string;
  @Attribute() channel_id!: number;
  @Attribute({ required: true }) widget_template_uuid!: string;
  @Attribute() upgrade!: boolean;
}

const widgetTemplateFilters = { widget_template_kind: String, 'channel_id:in': Number } as const;

/** What widgets are made from. */
@Resource('/content/widget-templates', {
  version: 'v3',
  filters: widgetTemplateFilters,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class WidgetTemplate extends Model<WidgetTemplate, typeof widgetTemplateFilters> {
  @Attribute({ required: true }) name!: string;
  @Attribute() schema!: Record<string, unknown>[];
  @Attribute({ required: true }) template!: string;
  @Attribute() storefront_api_query!: string;
  @Attribute({ readOnly: true }) uuid!: string;
  @Attribute({ readOnly: true }) kind!: string;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute({ readOnly: true }) current_version_uuid!: string;
  @Attribute({ readOnly: true }) icon_name!: string;
  @Attribute() channel_id!: number;
  @Attribute() create_new_version!: boolean;

  /** The HTML that the template makes of a configuration. */
  async preview(widget_configuration: Record<string, unknown>, options?: CallOptions): Promise<{ html: string }> {
    return act(this, 'POST', 'preview', { body: { widget_configuration }, ...options });
  }
}

const placementFilters = {
  widget_template_kind: String,
  template_file: String,
  widget_uuid: String,
  widget_template_uuid: String,
  'channel_id:in': Number,
  'site_id:in': Number,
} as const;

/** Where a widget stands. */
@Resource('/content/placements', {
  version: 'v3',
  filters: placementFilters,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class Placement extends Model<Placement, typeof placementFilters> {
  @Attribute({ readOnly: true }) uuid!: string;
  @Attribute({ required: true }) template_file!: string;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute() channel_id!: number;
  @Attribute() entity_id!: string;
  @Attribute() sort_order!: number;
  @Attribute() region!: string;
  @Attribute() status!: 'inactive' | 'active';
  @Attribute({ readOnly: true, setBy: 'widget_uuid' }) widget!: Record<string, unknown>;
  @Attribute({ required: true }) widget_uuid!: string;
}

const regionFilters = { template_file: String, channel_id: String } as const;

/** A part of a page that widgets can be placed in. */
@Resource('/content/regions', { version: 'v3', filters: regionFilters, key: 'name', operations: ['list', 'count'] })
export class Region extends Model<Region, typeof regionFilters> {
  @Attribute({ readOnly: true }) name!: string;
}

const pageWidgetFilters = { channel_id: Number, template_file: String, entity_id: String } as const;

/** The widgets of a page. */
@Resource('/content/page-widgets', {
  version: 'v3',
  filters: pageWidgetFilters,
  key: 'uuid',
  operations: ['list', 'create'],
  statuses: { create: 204 },
})
export class PageWidget extends Model<PageWidget, typeof pageWidgetFilters> {
  @Attribute({ required: true }) regions!: Record<string, unknown>[];
  @Attribute() template_file!: string;
  @Attribute() entity_id!: string;
  @Attribute() channel_id!: number;
}
