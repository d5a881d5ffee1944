import type { JsonObject } from '../../json-object.js';
import * as v2 from '../../resources/v2/index.js';
import { type DemoRows, rows } from './rows.js';

/** The states of a country: `TX Texas`. */
const UNITED_STATES = `AL Alabama|AK Alaska|AS American Samoa|AZ Arizona|AR Arkansas|AF Armed Forces Africa|AA Armed Forces Americas|
AC Armed Forces Canada|AE Armed Forces Europe|AM Armed Forces Middle East|AP Armed Forces Pacific|CA California|CO Colorado|
CT Connecticut|DE Delaware|DC District of Columbia|FM Federated States Of Micronesia|FL Florida|GA Georgia|GU Guam|HI Hawaii|ID Idaho|
IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MH Marshall Islands|MD Maryland|MA Massachusetts|MI Michigan|
MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|
NC North Carolina|ND North Dakota|MP Northern Mariana Islands|OH Ohio|OK Oklahoma|OR Oregon|PW Palau|PA Pennsylvania|PR Puerto Rico|
RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VI Virgin Islands|VA Virginia|WA Washington|
WV West Virginia|WI Wisconsin|WY Wyoming`;
const CANADA = `AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NT Northwest Territories|
NS Nova Scotia|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon`;
const AUSTRALIA = `ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|TAS Tasmania|
VIC Victoria|WA Western Australia`;

/** Countries without states in this store: `DE DEU Germany`, by the id that the platform gives them. */
const OTHERS: Readonly<Record<number, string>> = {
  14: 'AT AUT Austria',
  21: 'BE BEL Belgium',
  57: 'DK DNK Denmark',
  73: 'FR FRA France',
  80: 'DE DEU Germany',
  103: 'IE IRL Ireland',
  105: 'IT ITA Italy',
  107: 'JP JPN Japan',
  138: 'MX MEX Mexico',
  150: 'NL NLD Netherlands',
  153: 'NZ NZL New Zealand',
  195: 'ES ESP Spain',
  203: 'SE SWE Sweden',
  204: 'CH CHE Switzerland',
  222: 'AE ARE United Arab Emirates',
  225: 'GB GBR United Kingdom',
};

function country(id: number, text: string, states = '', firstState = 0): JsonObject {
  const [country_iso2, country_iso3, ...name] = text.split(' ');
  const entries = states === '' ? [] : states.split('|').map((entry) => entry.trim());
  return {
    id,
    country: name.join(' '),
    country_iso2,
    country_iso3,
    states: entries.map((entry, at) => {
      const [state_abbreviation, ...words] = entry.split(' ');
      return { id: firstState + at, state: words.join(' '), state_abbreviation, country_id: id };
    }),
  };
}

/** Countries, some with all of their states. */
export function geography(): DemoRows[] {
  const others = Object.entries(OTHERS).map(([id, text]) => country(Number(id), text));
  return [
    rows(v2.Country, [
      country(13, 'AU AUS Australia', AUSTRALIA, 208),
      country(38, 'CA CAN Canada', CANADA, 66),
      country(226, 'US USA United States', UNITED_STATES, 1),
      ...others,
    ]),
  ];
}
