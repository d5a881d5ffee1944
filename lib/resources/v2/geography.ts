import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';

const countryFilters = { country: String, country_iso2: String, country_iso3: String } as const;

/** A country, with its states. */
@Resource('/countries', { version: 'v2', filters: countryFilters, operations: ['list', 'get', 'count'] })
export class Country extends Model<Country, V2Filters<typeof countryFilters>> {
  /** Assigned by the platform. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Full name, such as `Australia`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly country!: string;
  /** Two letters, ISO 3166-1. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly country_iso2!: string;
  /** Three letters, ISO 3166-1. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly country_iso3!: string;
  /** Its states or provinces. */
  @HasMany(() => CountryState) states!: HasMany<CountryState>;
}

const countryStateFilters = { state: String, state_abbreviation: String } as const;

/** A state or province of a country. */
@Resource('/countries/:country_id/states', { version: 'v2', filters: countryStateFilters, operations: ['list', 'get', 'count'] })
export class CountryState extends Model<CountryState, V2Filters<typeof countryStateFilters>> {
  /** Assigned by the platform. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Full name, such as `New South Wales`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly state!: string;
  /** Such as `NSW`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly state_abbreviation!: string;
  /** Its country. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly country_id!: number;
}
