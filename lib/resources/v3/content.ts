import { act } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

const pageFilters = { channel_id: Number, 'id:in': Number, name: String, 'name:like': String } as const;

const pageIncludes = ['body'] as const;

const withBody = { include: pageIncludes } as const;

const pageParams = { create: withBody, update: withBody } as const;

const pageRequired = ['name', 'type'] as const;

/** A content page of a storefront. */
@Resource('/content/pages', {
  version: 'v3',
  filters: pageFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // "The entries that are valid will still be created" although the response is 422 (pages.v3, POST /content/pages).
  batch: { create: 10, update: 10, partialCreate: true },
  includes: pageIncludes,
  params: pageParams,
  deleteFilters: ['id:in', 'delete_children'],
  statuses: { create: 201 },
  required: pageRequired,
})
export class Page extends Model<Page, typeof pageFilters, (typeof pageIncludes)[number], typeof pageRequired, typeof pageParams> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Where the page is shown. Its own examples of POST give it, though one schema of pages.v3.yml says `readOnly`. */
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => Boolean) is_visible!: boolean;
  @Attribute(() => Number) parent_id!: number;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) type!: 'page' | 'raw' | 'contact_form' | 'link' | 'blog';
  @Attribute(() => Boolean) is_homepage!: boolean;
  @Attribute(() => Boolean) is_customers_only!: boolean;
  @Attribute(() => String) url!: string;
  @Attribute(() => String) meta_title!: string;
  @Attribute(() => String) meta_keywords!: string;
  @Attribute(() => String) meta_description!: string;
  @Attribute(() => String) search_keywords!: string;
  @Attribute(() => String) email!: string;
  @Attribute(() => String) contact_fields!: string;
  @Attribute(() => String) body!: string;
  @Attribute(() => String) content_type!: string;
  @Attribute(() => String) link!: string;
}

const scriptFilters = { 'channel_id:in': Number } as const;

const scriptRequired = ['name'] as const;

/** A script that runs on a storefront. */
@Resource('/content/scripts', {
  version: 'v3',
  filters: scriptFilters,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: scriptRequired,
})
export class Script extends Model<Script, typeof scriptFilters, unknown, typeof scriptRequired> {
  @Attribute(() => String) name!: string;
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => String) description!: string;
  @Attribute(() => String) html!: string;
  @Attribute(() => String) src!: string;
  @Attribute(() => Boolean) auto_uninstall!: boolean;
  @Attribute(() => String) load_method!: 'default' | 'async' | 'defer';
  @Attribute(() => String) location!: 'head' | 'footer';
  @Attribute(() => String) visibility!: 'storefront' | 'all_pages' | 'checkout' | 'order_confirmation';
  @Attribute(() => String) kind!: 'src' | 'script_tag';
  @Attribute(() => String) api_client_id!: string;
  @Attribute(() => String) consent_category!: 'essential' | 'functional' | 'analytics' | 'targeting';
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => Array) integrity_hashes!: string[];
}

const widgetFilters = {
  widget_template_kind: String,
  widget_template_uuid: String,
  name: String,
  'name:in': String,
  'channel_id:in': Number,
  'site_id:in': Number,
} as const;

const widgetRequired = ['name', 'widget_template_uuid'] as const;

/** A widget: a piece of a page, made from a template. */
@Resource('/content/widgets', {
  version: 'v3',
  filters: widgetFilters,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: widgetRequired,
})
export class Widget extends Model<Widget, typeof widgetFilters, unknown, typeof widgetRequired> {
  @Attribute(() => String) name!: string;
  @Attribute(() => String) description!: string;
  @Attribute(() => Object) widget_configuration!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  @Attribute(() => Object, { readOnly: true, setBy: 'widget_template_uuid' }) readonly widget_template!: Record<string, unknown>;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => String, { readOnly: true }) readonly version_uuid!: string;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => String) widget_template_uuid!: string;
  @Attribute(() => Boolean) upgrade!: boolean;
}

const widgetTemplateFilters = { widget_template_kind: String, 'channel_id:in': Number } as const;

/** An earlier version of the template. */
const widgetTemplateParams = { get: { version_uuid: String } } as const;

const widgetTemplateRequired = ['name', 'template'] as const;

/** A template for widgets. */
@Resource('/content/widget-templates', {
  version: 'v3',
  filters: widgetTemplateFilters,
  params: widgetTemplateParams,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: widgetTemplateRequired,
})
export class WidgetTemplate extends Model<
  WidgetTemplate,
  typeof widgetTemplateFilters,
  unknown,
  typeof widgetTemplateRequired,
  typeof widgetTemplateParams
> {
  @Attribute(() => String) name!: string;
  @Attribute(() => Array) schema!: Record<string, unknown>[];
  @Attribute(() => String) template!: string;
  @Attribute(() => String) storefront_api_query!: string;
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly kind!: string;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => String, { readOnly: true }) readonly current_version_uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly icon_name!: string;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => Boolean) create_new_version!: boolean;
  /** Whether the widget is rendered again in the browser, with its configuration. */
  @Attribute(() => Boolean) client_rerender!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly template_engine!: string;
  /** The texts of the schema by locale, as JSON. */
  @Attribute(() => String) schema_translations!: string;

  /** Renders the template with a configuration, and returns the HTML. */
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

const placementRequired = ['template_file', 'widget_uuid'] as const;

/** The placement of a widget. */
@Resource('/content/placements', {
  version: 'v3',
  filters: placementFilters,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: placementRequired,
})
export class Placement extends Model<Placement, typeof placementFilters, unknown, typeof placementRequired> {
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  @Attribute(() => String) template_file!: string;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => String) entity_id!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) region!: string;
  @Attribute(() => String) status!: 'inactive' | 'active';
  @Attribute(() => Object, { readOnly: true, setBy: 'widget_uuid' }) readonly widget!: Record<string, unknown>;
  @Attribute(() => String) widget_uuid!: string;
}

const regionFilters = { template_file: String, channel_id: String } as const;

/** A region of a page that widgets can be placed in. */
@Resource('/content/regions', { version: 'v3', filters: regionFilters, key: 'name', operations: ['list', 'count'] })
export class Region extends Model<Region, typeof regionFilters> {
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
}

const pageWidgetFilters = { channel_id: Number, template_file: String, entity_id: String } as const;

const pageWidgetRequired = ['regions'] as const;

/** The widgets of a page. */
@Resource('/content/page-widgets', {
  version: 'v3',
  filters: pageWidgetFilters,
  key: 'uuid',
  operations: ['list', 'create'],
  statuses: { create: 204 },
  responses: { list: 'row', create: 'none' },
  required: pageWidgetRequired,
})
export class PageWidget extends Model<PageWidget, typeof pageWidgetFilters, unknown, typeof pageWidgetRequired> {
  @Attribute(() => Array) regions!: Record<string, unknown>[];
  @Attribute(() => String) template_file!: string;
  @Attribute(() => String) entity_id!: string;
  @Attribute(() => Number) channel_id!: number;
}
