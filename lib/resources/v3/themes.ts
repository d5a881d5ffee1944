import { act, formOf, sessionFor, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';
import type { OpenObject } from '../open-object.js';
import type {
  ThemeActivation,
  ThemeConfigurationDraft,
  ThemeDownload,
  ThemeJobError,
  ThemeJobWarning,
  ThemeRevision,
  ThemeVariation,
} from './theme-values.js';

/** A theme of a storefront. A new one is uploaded. */
@Resource('/themes', {
  version: 'v3',
  filters: noFilters,
  key: 'uuid',
  operations: ['list', 'get', 'delete', 'count'],
})
export class Theme extends Model<Theme, typeof noFilters> {
  /** Its looks; one of them is activated. */
  @Attribute(() => Array, { readOnly: true }) readonly variations!: readonly ThemeVariation[];
  /** Assigned by the store. */
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  /** As the control panel shows it. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** Whether it was uploaded, and is not from the marketplace. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_private!: boolean;
  /** Whether the storefront shows it. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_active!: boolean;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  @HasMany(() => ThemeConfiguration) configurations!: HasMany<ThemeConfiguration>;

  /** Uploads a theme as a zip file, and returns the job that unpacks it: `ThemeJob.find(job_id)`. */
  static async upload(file: Upload, options?: CallOptions): Promise<{ job_id: string }> {
    return act(sessionFor(this), 'POST', '/themes', { body: formOf('file', file), ...options });
  }

  /** Activates a variation of the theme on the storefront. */
  async activate(body: ThemeActivation, options?: CallOptions & { channel_id?: number }): Promise<void> {
    const { channel_id, ...call } = options ?? {};
    await this.session.post('/themes/actions/activate', { body, ...call, ...(channel_id === undefined ? {} : { query: { channel_id } }) });
  }

  /** Starts a download of the theme, and returns the job, whose `result` links to the file. */
  async download(which: ThemeRevision = 'last_activated', options?: CallOptions): Promise<{ job_id: string }> {
    const body: ThemeDownload = { which };
    return act(this, 'POST', 'actions/download', { body, ...options });
  }

  /**
   * Validates a configuration, without saving it.
   *
   * @throws ClientError (422) if it does not fit the schema of the theme
   */
  async validateConfiguration(body: ThemeConfigurationDraft, options?: CallOptions): Promise<void> {
    await act(this, 'POST', 'configurations/validate', { body, ...options });
  }
}

const themeConfigurationFilters = { 'uuid:in': String, variation_uuid: String, 'channel_id:in': Number } as const;

/** The settings of a theme. A list needs a filter. */
@Resource('/themes/:theme_uuid/configurations', {
  version: 'v3',
  filters: themeConfigurationFilters,
  key: 'uuid',
  operations: ['list', 'count'],
})
export class ThemeConfiguration extends Model<ThemeConfiguration, typeof themeConfigurationFilters> {
  /** Assigned by the store. */
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  /** The theme. */
  @Attribute(() => String, { readOnly: true }) readonly theme_uuid!: string;
  /** The variation of the theme. */
  @Attribute(() => String, { readOnly: true }) readonly variation_id!: string;
  /** The values, by the names that the theme gives them. */
  @Attribute(() => Object, { readOnly: true }) readonly settings!: Readonly<OpenObject>;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** The site that has them; 0 for those that the theme came with. */
  @Attribute(() => Number, { readOnly: true }) readonly site_id!: number;
}

/** A theme job: the progress of an upload or download. */
@Resource('/themes/jobs', { version: 'v3', filters: noFilters, key: 'id', operations: ['get'] })
export class ThemeJob extends Model<ThemeJob, typeof noFilters> {
  /** What went wrong. */
  @Attribute(() => Array, { readOnly: true }) readonly errors!: readonly ThemeJobError[];
  /** As `upload()` and `download()` return it. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** 0 to 100. */
  @Attribute(() => Number, { readOnly: true }) readonly percent_complete!: number;
  /** Of a finished job: the theme that was uploaded (`theme_id`), or a link to the download, which works for 60 seconds. */
  @Attribute(() => Object, { readOnly: true }) readonly result!: Readonly<OpenObject>;
  /** How far it is. */
  @Attribute(() => String, { readOnly: true }) readonly status!: Open<'COMPLETED' | 'QUEUED' | 'WORKING' | 'FAILED'>;
  /** When it was started. */
  @Attribute(() => Date, { readOnly: true }) readonly time!: Date | null;
  /** What did not stop it. */
  @Attribute(() => Array, { readOnly: true }) readonly warnings!: readonly ThemeJobWarning[];
}

/** The custom templates in a version of a theme, as `ChannelActiveTheme.active_theme_version_uuid` names it. */
@Resource('/themes/custom-templates/:version_uuid', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get'] })
export class ThemeCustomTemplates extends Model<ThemeCustomTemplates, typeof noFilters> {
  /** Files for products: `custom-product-1.html`. */
  @Attribute(() => Array, { readOnly: true }) readonly product!: readonly string[];
  /** Files for categories: `custom-category-1.html`. */
  @Attribute(() => Array, { readOnly: true }) readonly category!: readonly string[];
  /** Files for brands: `custom-brand-1.html`. */
  @Attribute(() => Array, { readOnly: true }) readonly brand!: readonly string[];
  /** Files for pages: `custom-page-1.html`. */
  @Attribute(() => Array, { readOnly: true }) readonly page!: readonly string[];
}
