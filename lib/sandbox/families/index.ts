import type { ResourceDeclaration } from '../../schema/declaration.js';
import type { Family } from './family.js';
import { ORDERS } from './orders.js';

const FAMILIES: Readonly<Record<string, Family>> = { 'v2 /orders': ORDERS };

/** Returns the rules of a resource; `undefined` if its declaration says it all. */
export const familyOf = ({ version, path, relations }: ResourceDeclaration): Family | undefined =>
  Object.keys(relations).length === 0 ? undefined : FAMILIES[`${version} ${path}`];
