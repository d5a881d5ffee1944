import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Returns the certificates that Node trusts by itself: its own, and those of `NODE_EXTRA_CA_CERTS`. */
export function nodeAuthorities(): string[] {
  // Available since Node 22.15.
  const getCertificates: unknown = Reflect.get(tls, 'getCACertificates');
  const known: unknown = typeof getCertificates === 'function' ? getCertificates('default') : undefined;
  if (Array.isArray(known)) return known.map(String);
  return [...tls.rootCertificates, ...extra(process.env['NODE_EXTRA_CA_CERTS'])];
}

function extra(file: string | undefined): string[] {
  if (file === undefined || file === '') return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return []; // Node has warned of it.
  }
}
