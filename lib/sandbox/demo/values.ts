/** An array with at least one entry. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** The parts of the names in the demo store. */
export const BRANDS: NonEmpty<string> = [
  'Alder & Ash',
  'Blue Harbour',
  'Common Clay',
  'Driftline',
  'Ember',
  'Fieldnotes',
  'Granite Peak',
  'Hearthside',
];
export const CATEGORIES: NonEmpty<string> = [
  'Shop all',
  'Kitchen',
  'Garden',
  'Bath',
  'Clothing',
  'Stationery',
  'Lamps',
  'Outdoor',
  'Gifts',
  'Sale',
];
export const MATERIALS: NonEmpty<string> = ['Oak', 'Linen', 'Copper', 'Stoneware', 'Wool', 'Bamboo'];
export const THINGS: NonEmpty<string> = ['Bowl', 'Apron', 'Lantern', 'Notebook', 'Blanket', 'Planter', 'Kettle', 'Mug', 'Tray', 'Scarf'];
export const COLOURS: NonEmpty<string> = ['Sand', 'Moss', 'Ink'];
/** The colours on swatches, in the order of their names. */
export const COLOUR_CODES: NonEmpty<string> = ['#c2b280', '#8a9a5b', '#1b1f3b'];
export const CITIES: NonEmpty<string> = ['Austin', 'Portland', 'Boston', 'Chicago', 'Denver'];

const FIRST_NAMES: NonEmpty<string> = ['John', 'Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Ken', 'Margaret'];
const LAST_NAMES: NonEmpty<string> = ['Smith', 'Lovelace', 'Hopper'];

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 5, 9);

export const onDay = (day: number): string => new Date(FIRST_DAY + day * DAY_MS).toISOString();

/** Returns the entry at an index, starting again at the end of the list. */
export const pick = <T>(list: NonEmpty<T>, index: number): T => list[index % list.length] ?? list[0];

/** Returns a customer, always the same for an index. */
export function personOf(index: number): { first: string; last: string; email: string } {
  const first = pick(FIRST_NAMES, index);
  const last = pick(LAST_NAMES, Math.floor(index / FIRST_NAMES.length));
  return { first, last, email: `${first}.${last}@example.com`.toLowerCase() };
}

/** Returns an amount in the format of V2. */
export const money = (amount: number): string => amount.toFixed(4);

export const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
