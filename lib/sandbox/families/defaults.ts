import type { JsonObject } from '../../json-object.js';
import type { Family } from './family.js';

/** Shows what nobody has set as it is by default. */
export const withDefaults = (defaults: JsonObject): Family => ({ show: ({ row }) => Object.assign(row, { ...defaults, ...row }) });
