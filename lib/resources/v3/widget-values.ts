import type { Open } from '../../schema/types.js';
import type { OpenObject } from '../open-object.js';

/** The values that a widget template shows: their names are those of its schema. */
export type WidgetConfiguration = OpenObject;

/** The variables of the GraphQL query of a widget template: their names are those of the query. */
export type WidgetQueryParams = OpenObject;

/** What `preview` sends. */
export interface WidgetPreview {
  /** The values that the template shows. */
  widget_configuration?: WidgetConfiguration;
}

/** A choice of a setting. */
export interface WidgetOption {
  /** Shown to the merchant. */
  label: string;
  /** What the template gets. */
  value: string;
}

/** The values that a setting of the type `range` can have. */
export interface WidgetRange {
  /** The lowest. */
  min: number;
  /** The highest. */
  max: number;
  /** The distance between two. */
  step: number;
  /** Shown after the value: `px`, `%`. */
  unit: string;
}

/** What a setting needs besides; which of them depends on its type. */
export interface WidgetSettingMeta {
  /** For `select`. */
  selectOptions?: WidgetOption[];
  /** For `range`. */
  rangeValues?: WidgetRange;
  /** For inputs: shown while they are empty. */
  placeholder?: string;
  /** For `text`: the most characters. */
  maxLength?: number;
  /** For `alignment`: which directions the merchant can set. */
  display?: Open<'both' | 'horizontal' | 'vertical'>;
  /** For `graphQl`: the setting that each parameter of the query gets its value from. */
  mappings?: Record<string, { reads: string; type: string }>;
}

/** When a setting is shown; its value is kept while it is not. */
export interface WidgetCondition {
  /** The `id` of another setting in the same list. */
  key: string;
  /** `IN` is the only one there is. */
  operator: string;
  /** The setting is shown while the other one has this value. */
  value: (string | number | boolean)[];
}

/** One setting of a widget, as Page Builder shows it. */
export interface WidgetSetting {
  /** Which control is shown. */
  type: Open<
    | 'alignment'
    | 'boolean'
    | 'boxModel'
    | 'code'
    | 'color'
    | 'imageManager'
    | 'input'
    | 'number'
    | 'productId'
    | 'productImage'
    | 'range'
    | 'regexInput'
    | 'select'
    | 'text'
    | 'toggle'
  >;
  /** Shown to the merchant. One that begins with `i18n.` is looked up in the translations of the schema. */
  label?: string;
  /** The name of the value in the template. */
  id: string;
  /** The value of a new widget; of what type depends on the control. */
  default?: string | number | boolean | OpenObject;
  /** What the control needs besides. */
  typeMeta?: WidgetSettingMeta;
  /** When the setting is shown; always, if left out. */
  conditional?: WidgetCondition;
}

/** A group of settings under a title. */
export interface WidgetSchemaSection {
  /** The title; without it, the merchant cannot fold the group. */
  label?: string;
  /** In the order in which they are shown. */
  settings: WidgetSetting[];
}

/** The tab that has the visible settings. */
export interface WidgetSchemaTab {
  /** Tells this kind from the others. */
  type: 'tab';
  /** The title of the tab. */
  label: string;
  /** In the order in which they are shown. */
  sections: WidgetSchemaSection[];
}

/** Settings that no control is shown for. */
export interface WidgetSchemaHidden {
  /** Tells this kind from the others. */
  type: 'hidden';
  /** What is set, by its `id`. */
  settings: WidgetSetting[];
}

/** A list of elements, each with the same settings. */
export interface WidgetSchemaArray {
  /** Tells this kind from the others. */
  type: 'array';
  /** The title of the list. */
  label: string;
  /** The name of the list in the template. */
  id: string;
  /** How many elements a new widget has. */
  defaultCount: number;
  /** The title of each element. */
  entryLabel: string;
  /** The picture of each element. */
  thumbnail: WidgetThumbnail;
  /** The settings of each element. */
  schema: (WidgetSchemaHidden | WidgetSchemaTab)[];
}

/** The picture of an element of a list, in Page Builder. */
export interface WidgetThumbnail {
  /** `image`. */
  type: string;
  /** Where its address is in the element: `imageUrl.src`. */
  valueKey: string;
}

/** A part of a schema; `type` tells which. */
export type WidgetSchemaPart = WidgetSchemaTab | WidgetSchemaArray | WidgetSchemaHidden;

/** A template, as a widget shows it. */
export interface WidgetTemplateOfWidget {
  /** Its key. */
  readonly uuid: string;
  /** Shown in Page Builder. */
  readonly name: string;
  /** What merchants can set. */
  readonly schema: readonly WidgetSchemaPart[];
  /** HTML with Handlebars. */
  readonly template: string;
  /** A query of the GraphQL Storefront API. */
  readonly storefront_api_query: string;
  /** `custom` for those of merchants and apps. */
  readonly kind: string;
  /** ISO 8601. */
  readonly date_created: string;
  /** ISO 8601. */
  readonly date_modified: string;
  /** The latest version. */
  readonly current_version_uuid: string;
  /** Default `default`. */
  readonly icon_name: string;
  /** The channel that it is for. */
  readonly channel_id: number;
  /** Whether the widget is rendered again in the browser. */
  readonly client_rerender: boolean;
  /** `handlebars_v3`. */
  readonly template_engine: string;
}

/** A widget, as its placement shows it. */
export interface PlacedWidget {
  /** Its key. */
  readonly uuid: string;
  /** For merchants. */
  readonly name: string;
  /** For merchants. */
  readonly description: string;
  /** The values that the template shows. */
  readonly widget_configuration: WidgetConfiguration;
  /** The parameters of the template's query, by name. */
  readonly storefront_api_query_params: WidgetQueryParams;
  /** The template, as the widget uses it. */
  readonly widget_template: WidgetTemplateOfWidget;
  /** ISO 8601. */
  readonly date_created: string;
  /** ISO 8601. */
  readonly date_modified: string;
  /** The version of the template. */
  readonly version_uuid: string;
  /** The channel that it is in. */
  readonly channel_id: number;
}

/** A widget in a region of a page. */
export interface PageRegionWidget {
  /** Tells this kind from the others. */
  type: 'widget';
  /** The template; set by the store or channel that it comes from. */
  readonly widget_template_uuid: string;
  /** The values that the template shows. */
  configuration: WidgetConfiguration;
  /** The parameters of the template's query, by name. */
  storefront_api_query_params: WidgetQueryParams;
  /** For merchants. */
  name: string;
  /** For merchants. */
  description: string;
}

/** An area of a layout that widgets are put into. */
export interface Dropzone {
  /** How it looks. */
  configuration: WidgetConfiguration;
  /** In the order in which they are shown. */
  widgets: PageRegionWidget[];
}

/** A layout in a region of a page: 150 on a page, 10,000 in a channel. */
export interface PageRegionLayout {
  /** Tells this kind from the others. */
  type: 'layout';
  /** Set by the store. */
  readonly layout_template_uuid: string;
  /** How it looks. */
  configuration: WidgetConfiguration;
  /** For merchants. */
  name: string;
  /** Its columns. */
  dropzones: Dropzone[];
}

/** A region of a page with what is in it. */
export interface PageRegion {
  /** As the theme calls it. */
  name: string;
  /** In the order in which they are shown; `type` tells layouts from widgets. */
  children: (PageRegionLayout | PageRegionWidget)[];
}
