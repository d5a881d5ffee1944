import { act } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import type { ConsentCategory } from './customer-details.js';
import type {
  PageRegion,
  PlacedWidget,
  WidgetConfiguration,
  WidgetPreview,
  WidgetQueryParams,
  WidgetSchemaPart,
  WidgetTemplateOfWidget,
} from './widget-values.js';

const pageFilters = { channel_id: Number, 'id:in': Number, name: String, 'name:like': String } as const;

const pageIncludes = ['body'] as const;

const withBody = { include: pageIncludes } as const;

const pageParams = { create: withBody, update: withBody } as const;

const pageRequired = ['name', 'type'] as const;

/** A content page of a storefront; a store may have 4000. */
@Resource('/content/pages', {
  version: 'v3',
  filters: pageFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // With the status 422, valid pages are created all the same (pages.v3.yml, POST /content/pages).
  batch: { create: 10, update: 10, partialCreate: true },
  includes: pageIncludes,
  params: pageParams,
  deleteFilters: ['id:in', 'delete_children'],
  statuses: { create: 201 },
  required: pageRequired,
})
export class Page extends Model<Page, typeof pageFilters, (typeof pageIncludes)[number], typeof pageRequired, typeof pageParams> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Where the page is shown. Default 1. Its own examples of POST give it, though one schema of pages.v3.yml says `readOnly`. */
  @Attribute(() => Number) channel_id!: number;
  /** Shown in menus; 1 to 100 characters, unique. */
  @Attribute(() => String) name!: string;
  /** Whether shoppers can open it, and find it in menus. Default `true`. */
  @Attribute(() => Boolean) is_visible!: boolean;
  /** The page whose menu shows this one; 0, the default, for none. */
  @Attribute(() => Number) parent_id!: number;
  /** The place in the menu of the parent; lower comes first. */
  @Attribute(() => Number) sort_order!: number;
  /** `page` is text, `raw` is HTML or code, `link` an address elsewhere. A `blog` is created in the control panel only. */
  @Attribute(() => String) type!: Open<'page' | 'raw' | 'contact_form' | 'link' | 'blog'>;
  /** Whether the root of the site shows it. Default `false`. */
  @Attribute(() => Boolean) is_homepage!: boolean;
  /** Whether it is shown only after login. Default `false`. */
  @Attribute(() => Boolean) is_customers_only!: boolean;
  /** The path below the site. */
  @Attribute(() => String) url!: string;
  /** In place of the name, in the title of the document. Not for `raw` and `link`. */
  @Attribute(() => String) meta_title!: string | null;
  /** For search engines, with commas between them. Not for `raw` and `link`. */
  @Attribute(() => String) meta_keywords!: string | null;
  /** For search engines. Not for `raw` and `link`. */
  @Attribute(() => String) meta_description!: string | null;
  /** What the store's own search finds it by, with commas between them. Not for `link`. */
  @Attribute(() => String) search_keywords!: string | null;
  /** Gets the messages of a `contact_form`; at most 255 characters, unique. */
  @Attribute(() => String) email!: string;
  /** The fields of a `contact_form`, with commas between them: `fullname`, `phone`, `companyname`, `orderno`, `rma`. */
  @Attribute(() => String) contact_fields!: string;
  /** The content. A new page of the type `raw` must have it. Absent unless it is read with `include('body')`. */
  @Attribute(() => String) body!: string | null;
  /** The MIME type of a `raw` body: `text/html`. */
  @Attribute(() => String) content_type!: string;
  /** The address of a `link`; a new page of that type must have it. */
  @Attribute(() => String) link!: string;
}

const scriptFilters = { 'channel_id:in': Number } as const;

const scriptRequired = ['name', ['src', 'html']] as const;

/** A script that runs on a storefront. An app sees and changes its own only; it may have 10, a channel 50. */
@Resource('/content/scripts', {
  version: 'v3',
  filters: scriptFilters,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: scriptRequired,
})
export class Script extends Model<Script, typeof scriptFilters, unknown, typeof scriptRequired> {
  /** For merchants; 1 to 255 characters. */
  @Attribute(() => String) name!: string;
  /** Assigned by the store. */
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** For merchants. */
  @Attribute(() => String) description!: string;
  /** The element `script` itself, for the kind `script_tag`; at most 65536 characters. */
  @Attribute(() => String) html!: string;
  /** The address of the script, for the kind `src`. */
  @Attribute(() => String) src!: string;
  /** Whether it is removed when the app is uninstalled or its token is revoked. */
  @Attribute(() => Boolean) auto_uninstall!: boolean;
  /** How browsers load it. */
  @Attribute(() => String) load_method!: Open<'default' | 'async' | 'defer'>;
  /** Where it stands in the page. */
  @Attribute(() => String) location!: Open<'head' | 'footer'>;
  /** On which pages; `storefront` is all but the checkout and what follows. `checkout` and `all_pages` need the scope for checkout content. */
  @Attribute(() => String) visibility!: Open<'storefront' | 'all_pages' | 'checkout' | 'order_confirmation'>;
  /** Whether it is given by its address or by its element. */
  @Attribute(() => String) kind!: Open<'src' | 'script_tag'>;
  /** The client ID of the account that created it; empty if it was none. */
  @Attribute(() => String) api_client_id!: string;
  /** What the shopper has to consent to. Without one, a storefront with a cookie banner does not run the script. */
  @Attribute(() => String) consent_category!: ConsentCategory;
  /** Whether the storefront runs it. */
  @Attribute(() => Boolean) enabled!: boolean;
  /** The channel whose storefront runs it; from 1. */
  @Attribute(() => Number) channel_id!: number;
  /** Hashes of a `src` script, `sha384-…`, at most 5: browsers do not run it unless one fits. The checkout demands one. */
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

/** A widget: a piece of a page, made from a template. A page may have 150, a store 100,000. */
@Resource('/content/widgets', {
  version: 'v3',
  filters: widgetFilters,
  key: 'uuid',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: widgetRequired,
})
export class Widget extends Model<Widget, typeof widgetFilters, unknown, typeof widgetRequired> {
  /** For merchants. */
  @Attribute(() => String) name!: string;
  /** For merchants. */
  @Attribute(() => String) description!: string;
  /** The values that the template shows, under the names that its schema gives them. */
  @Attribute(() => Object) widget_configuration!: WidgetConfiguration;
  /** The parameters of the template's query, by name, taken from the configuration. The samples show it, the description does not. */
  @Attribute(() => Object, { readOnly: true }) readonly storefront_api_query_params!: WidgetQueryParams;
  /** Assigned by the store. */
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  /** The template, as the widget uses it. */
  @Attribute(() => Object, { readOnly: true, setBy: 'widget_template_uuid' }) readonly widget_template!: WidgetTemplateOfWidget;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** The version of the template that it uses; `upgrade` changes it. */
  @Attribute(() => String, { readOnly: true }) readonly version_uuid!: string;
  /** Default: the first channel of the store. */
  @Attribute(() => Number) channel_id!: number;
  /** The template to use. Never read back: `widget_template.uuid` is. */
  @Attribute(() => String) widget_template_uuid!: string;
  /** Whether a change takes the latest version of the template. Never read back. */
  @Attribute(() => Boolean) upgrade!: boolean;
}

const widgetTemplateFilters = { widget_template_kind: String, 'channel_id:in': Number } as const;

/** An earlier version of the template. */
const widgetTemplateParams = { get: { version_uuid: String } } as const;

const widgetTemplateRequired = ['name', 'template'] as const;

/** A template for widgets. There may be 1000 custom ones in a channel, and 5000 in all. */
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
  /** Shown in Page Builder. */
  @Attribute(() => String) name!: string;
  /** What merchants can set in Page Builder. */
  @Attribute(() => Array) schema!: WidgetSchemaPart[];
  /** HTML with Handlebars and the helpers of Paper. */
  @Attribute(() => String) template!: string;
  /** A query of the GraphQL Storefront API; the template has its result as `_.data`. */
  @Attribute(() => String) storefront_api_query!: string;
  /** The texts of labels that begin with `i18n.`, by language, as JSON in a string. A guide writes it (storefront/widgets/localization). */
  @Attribute(() => String) schema_translations!: string;
  /** Assigned by the store. */
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  /** `custom` for those of merchants and apps. */
  @Attribute(() => String, { readOnly: true }) readonly kind!: string;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** The latest version, which new widgets use. */
  @Attribute(() => String, { readOnly: true }) readonly current_version_uuid!: string;
  /** Default `default`. */
  @Attribute(() => String, { readOnly: true }) readonly icon_name!: string;
  /** Default: the first channel of the store. */
  @Attribute(() => Number) channel_id!: number;
  /** Whether a change makes a new version, which existing widgets take by `upgrade`. Without it, they all change. Never read back. */
  @Attribute(() => Boolean) create_new_version!: boolean;
  /** Whether the widget is rendered again in the browser. The samples show it, the description does not. */
  @Attribute(() => Boolean, { readOnly: true }) readonly client_rerender!: boolean;
  /** `handlebars_v3`. The samples show it, the description does not. */
  @Attribute(() => String, { readOnly: true }) readonly template_engine!: string;

  /** Renders the template with a configuration, and returns the HTML. */
  async preview(widget_configuration: WidgetConfiguration, options?: CallOptions): Promise<{ html: string }> {
    const body: WidgetPreview = { widget_configuration };
    return act(this, 'POST', 'preview', { body, ...options });
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
  /** Assigned by the store. */
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  /** The kind of page: `pages/home`, `pages/category`, or a custom template. */
  @Attribute(() => String) template_file!: string;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** Default: the first channel of the store. */
  @Attribute(() => Number) channel_id!: number;
  /** The key of the product or category whose page it is; the home page has none. */
  @Attribute(() => String) entity_id!: string;
  /** The place in the region; lower comes first. */
  @Attribute(() => Number) sort_order!: number;
  /** Where in the page; `Region` lists them. */
  @Attribute(() => String) region!: string;
  /** Whether it is shown. Default `inactive`. */
  @Attribute(() => String) status!: Open<'inactive' | 'active'>;
  /** The widget that is placed. */
  @Attribute(() => Object, { readOnly: true, setBy: 'widget_uuid' }) readonly widget!: PlacedWidget;
  /** The widget to place. Never read back: `widget.uuid` is. */
  @Attribute(() => String) widget_uuid!: string;
}

const regionFilters = { template_file: String, channel_id: String } as const;

/** A region of a page that widgets can be placed in. */
@Resource('/content/regions', { version: 'v3', filters: regionFilters, key: 'name', operations: ['list', 'count'] })
export class Region extends Model<Region, typeof regionFilters> {
  /** As the theme calls it: `home_below_featured_products`. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
}

const pageWidgetFilters = { channel_id: Number, template_file: String, entity_id: String } as const;

const pageWidgetRequired = ['regions'] as const;

/** All widgets and layouts of a page, or of the global regions. A create replaces what is there. */
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
  /** The regions of the page, by name. */
  @Attribute(() => Array) regions!: PageRegion[];
  /** The kind of page; left out for global regions. */
  @Attribute(() => String) template_file!: string;
  /** The key of the product or category whose page it is; left out for the home page and for global regions. */
  @Attribute(() => String) entity_id!: string;
  /** Default: the first channel of the store. */
  @Attribute(() => Number) channel_id!: number;
}
