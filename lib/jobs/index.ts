export type { AnyParams } from './params.js';
