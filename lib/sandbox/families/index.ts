import type { ResourceDeclaration } from '../../schema/declaration.js';
import type { Family } from './family.js';
import { ORDERS } from './orders.js';

const FAMILIES: Readonly<Record<string, Family>> = { 'v2 /orders': ORDERS };

/** Returns the rules of a resource; `undefined` if there are none, or if the model has no relations: the rules are about related rows. */
export const familyOf = ({ version, path, relations }: ResourceDeclaration): Family | undefined =>
  Object.keys(relations).length === 0 ? undefined : FAMILIES[`${version} ${path}`];
