import type { ResourceDeclaration } from '../schema/declaration.js';
import type { Version } from '../transport/request.js';
import type { ServerDialect } from './dialect.js';
import { v2 } from './dialect-v2.js';
import { v3, v3WithoutEnvelope } from './dialect-v3.js';

const DIALECTS: Readonly<Record<Version, ServerDialect>> = { v2, v3 };

export const serverDialectOf = ({ version, noEnvelope }: Pick<ResourceDeclaration, 'version' | 'noEnvelope'>): ServerDialect =>
  noEnvelope ? v3WithoutEnvelope : DIALECTS[version];

/** Returns the dialect of a request, by its path below the store. */
export const serverDialectAt = (path: string): ServerDialect => (path.startsWith('/v2') ? v2 : v3);
