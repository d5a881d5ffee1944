import type { JsonObject } from '../../json-object.js';
import type { Family } from './family.js';

/** Has values from the start, and shows what nobody has set as it is by default. */
export const withDefaults = (defaults: JsonObject): Family => ({
  initial: defaults,
  show: ({ row }) => Object.assign(row, { ...defaults, ...row }),
});

/** Returns the settings of a channel that has none of its own: null stands for the global setting. */
export const inherited = (settings: JsonObject): JsonObject => Object.fromEntries(Object.keys(settings).map((name) => [name, null]));
