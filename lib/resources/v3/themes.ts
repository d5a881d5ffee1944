import { act, formOf, sessionFor, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';

const themeFilters = {} as const;

const themeRequired = ['file'] as const;

/** A theme of a storefront. */
@Resource('/themes', {
  version: 'v3',
  filters: themeFilters,
  key: 'uuid',
  operations: ['list', 'get', 'delete', 'count'],
  required: themeRequired,
})
export class Theme extends Model<Theme, typeof themeFilters, unknown, typeof themeRequired> {
  @Attribute(() => Array, { readOnly: true }) readonly variations!: Record<string, unknown>[];
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly is_private!: boolean;
  @Attribute(() => Boolean, { readOnly: true }) readonly is_active!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly updated_at!: string;
  @Attribute(() => String) file!: string;
  @HasMany(() => ThemeConfiguration) configurations!: HasMany<ThemeConfiguration>;

  /** Uploads a theme as a zip file, and returns the job that unpacks it. */
  static async upload(file: Upload, options?: CallOptions): Promise<{ job_id: string }> {
    return act(sessionFor(this), 'POST', '/themes', { body: formOf('file', file), ...options });
  }

  /** Activates a variation of the theme on the storefront. */
  async activate(
    body: { variation_id: string; which?: 'original' | 'last_activated' | 'last_created' },
    options?: CallOptions & { channel_id?: number },
  ): Promise<void> {
    const { channel_id, ...call } = options ?? {};
    await this.session.post('/themes/actions/activate', { body, ...call, ...(channel_id === undefined ? {} : { query: { channel_id } }) });
  }

  /** Starts a download of the theme, and returns the job. */
  async download(
    which: 'original' | 'last_activated' | 'last_created' = 'last_activated',
    options?: CallOptions,
  ): Promise<{ job_id: string }> {
    return act(this, 'POST', 'actions/download', { body: { which }, ...options });
  }

  /** Validates a configuration. */
  async validateConfiguration(body: Record<string, unknown>, options?: CallOptions): Promise<unknown> {
    return act(this, 'POST', 'configurations/validate', { body, ...options });
  }
}

const themeConfigurationFilters = { 'uuid:in': String, variation_uuid: String, 'channel_id:in': Number } as const;

/** The settings of a theme. */
@Resource('/themes/:theme_uuid/configurations', {
  version: 'v3',
  filters: themeConfigurationFilters,
  key: 'uuid',
  operations: ['list', 'count'],
})
export class ThemeConfiguration extends Model<ThemeConfiguration, typeof themeConfigurationFilters> {
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly theme_uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly variation_id!: string;
  @Attribute(() => Object, { readOnly: true }) readonly settings!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true }) readonly date_created!: string;
  @Attribute(() => Number, { readOnly: true }) readonly site_id!: number;
}

const themeJobFilters = {} as const;

/** A theme job: the progress of an upload or download. */
@Resource('/themes/jobs', { version: 'v3', filters: themeJobFilters, key: 'id', operations: ['get'] })
export class ThemeJob extends Model<ThemeJob, typeof themeJobFilters> {
  @Attribute(() => Array, { readOnly: true }) readonly errors!: Record<string, unknown>[];
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => Number, { readOnly: true }) readonly percent_complete!: number;
  @Attribute(() => Object, { readOnly: true }) readonly result!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true }) readonly status!: 'COMPLETED' | 'QUEUED' | 'WORKING' | 'FAILED';
  @Attribute(() => Date, { readOnly: true }) readonly time!: Date | null;
  @Attribute(() => Array, { readOnly: true }) readonly warnings!: Record<string, unknown>[];
}

/** The templates of a version of a theme. */
@Resource('/themes/custom-templates/:version_uuid', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get'] })
export class ThemeCustomTemplates extends Model<ThemeCustomTemplates, typeof noFilters> {
  @Attribute(() => Array, { readOnly: true }) readonly product!: string[];
  @Attribute(() => Array, { readOnly: true }) readonly category!: string[];
  @Attribute(() => Array, { readOnly: true }) readonly brand!: string[];
  @Attribute(() => Array, { readOnly: true }) readonly page!: string[];
}
