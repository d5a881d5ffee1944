import type { Open } from '../../schema/types.js';

/** Where a redirect leads: to a page of the store, whose address may change, or to an address. */
export interface RedirectTarget {
  /** `url` leads to `url`, all others to `entity_id`. */
  type: Open<'product' | 'brand' | 'category' | 'page' | 'post' | 'url'>;
  /** The key of the product, brand, category, page or blog post. */
  entity_id?: number;
  /** The address or path; at most 2048 characters. */
  url?: string;
}

/** Which redirects to export. */
export interface RedirectExport {
  /** Of one site; `null`, the default, for those of all. */
  site_id?: number | null;
  /** These only; none, the default, for all. */
  redirect_ids?: readonly number[];
  /** Whether the file has a column with the addresses that redirects to pages lead to. Default `false`. */
  include_dynamic_target_urls?: boolean;
}

/** Why a row of an import failed. */
export interface RedirectImportError {
  /** The row of the file. */
  readonly row: number;
  /** What is wrong with it. */
  readonly message: string;
}

/** How far a job of redirects is. */
export interface RedirectJobProgress {
  /** The job. */
  readonly job_id: string;
  /** How far it is. */
  readonly status: Open<'new' | 'working' | 'complete' | 'aborted' | 'failed'>;
  /** How many redirects are done. */
  readonly completed_items: number;
  /** How many redirects there are. */
  readonly total_items: number;
  /** How many redirects could not be done. Imports only. */
  readonly failed_items?: number;
  /** Why rows failed. Imports only. */
  readonly errors?: readonly RedirectImportError[];
}
