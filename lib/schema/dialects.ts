import type { Version } from '../transport/request.js';
import type { Dialect } from './dialect.js';
import { v2 } from './dialect-v2.js';
import { v3 } from './dialect-v3.js';

export const DIALECTS: Readonly<Record<Version, Dialect>> = { v2, v3 };

export const dialectOf = (version: Version | undefined): Dialect => DIALECTS[version ?? 'v3'];
