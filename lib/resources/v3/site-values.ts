import type { Open } from '../../schema/types.js';

/** An address of a site. */
export interface SiteUrl {
  /** With scheme and host, as it was entered. */
  readonly url: string;
  /** `primary` is the one that shoppers see, `canonical` the one that the store has from the start. */
  readonly type: Open<'primary' | 'canonical' | 'checkout'>;
  /** ISO 8601. */
  readonly created_at: string;
  /** ISO 8601. */
  readonly updated_at: string;
}

/** A certificate as it is read: without the private key. */
export interface InstalledCertificate {
  /** The domain that it is made out to. */
  readonly common_name: string;
  /** Further domains that it is valid for. */
  readonly subject_alternative_names: readonly string[];
  /** ISO 8601. */
  readonly validity_not_before: string;
  /** ISO 8601; once it is past, the certificate has expired. */
  readonly validity_not_after: string;
  /** How it is signed. */
  readonly signing_algorithm: string;
  /** Who has issued it. */
  readonly issuer: string;
  /** The certificate itself, as text. */
  readonly certificate: string;
  /** Those between it and the root, as text. */
  readonly intermediate_certificates: string;
}

/** A certificate to install. */
export interface NewCertificate {
  /** The certificate itself, as text. */
  certificate: string;
  /** Its key, as text; never read back. */
  private_key: string;
  /** Those between it and the root, as text. */
  intermediate_certificates?: string;
}
