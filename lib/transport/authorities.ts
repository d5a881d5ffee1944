import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** The certificates that Node trusts by itself: its own, and those of `NODE_EXTRA_CA_CERTS`. */
export function nodeAuthorities(): string[] {
  // Since Node 22.15 it tells.
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  return getCACertificates?.('default') ?? [...tls.rootCertificates, ...extra(process.env['NODE_EXTRA_CA_CERTS'])];
}

function extra(file: string | undefined): string[] {
  if (file === undefined || file === '') return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return []; // Node has warned of it.
  }
}
