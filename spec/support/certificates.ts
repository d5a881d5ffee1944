import { generate } from 'selfsigned';

/** A certificate of this machine, and what is wrong with it; all but the self-signed one are signed by an authority of ours. */
export type CertificateKind = 'good' | 'self-signed' | 'expired' | 'other-host';

export interface Certificates {
  /** The authority's certificate, for NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  of(kind: CertificateKind): Promise<{ key: string; cert: string }>;
}

const DAY = 86_400_000;
const days = (count: number): Date => new Date(Date.now() + count * DAY);
const named = (value: string) => [{ name: 'commonName', value }];

/** Makes an authority. */
export async function certificates(): Promise<Certificates> {
  const ca = await generate(named('bigrecord specs'), {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: days(-30),
    notAfterDate: days(1),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    authority: ca.cert,
    of: async (kind) => {
      const { private: key, cert } = await generate(named('leaf'), {
        keyType: 'ec',
        algorithm: 'sha256',
        notBeforeDate: days(-20),
        notAfterDate: kind === 'expired' ? days(-10) : days(1),
        ...(kind === 'self-signed' ? {} : { ca: { key: ca.private, cert: ca.cert } }),
        extensions: [
          {
            name: 'subjectAltName',
            altNames: [kind === 'other-host' ? { type: 2, value: 'other.example' } : { type: 7, ip: '127.0.0.1' }],
          },
        ],
      });
      return { key, cert };
    },
  };
}
