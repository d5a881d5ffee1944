import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const countryFilters = { country: String, country_iso2: String, country_iso3: String } as const;

/** A country, with its states. */
@Resource('/countries', { version: 'v2', filters: countryFilters, operations: ['list', 'get', 'count'] })
export class Country extends Model<Country, typeof countryFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { readOnly: true }) country!: string;
  @Attribute(() => String, { readOnly: true }) country_iso2!: string;
  @Attribute(() => String, { readOnly: true }) country_iso3!: string;
  @HasMany(() => CountryState) states!: HasMany<CountryState>;
}

const countryStateFilters = { state: String, state_abbreviation: String } as const;

/** A state or province of a country. */
@Resource('/countries/:country_id/states', { version: 'v2', filters: countryStateFilters, operations: ['list', 'get', 'count'] })
export class CountryState extends Model<CountryState, typeof countryStateFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { readOnly: true }) state!: string;
  @Attribute(() => String, { readOnly: true }) state_abbreviation!: string;
  @Attribute(() => Number, { readOnly: true }) country_id!: number;
}
