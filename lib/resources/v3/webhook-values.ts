import type { Open } from '../../schema/types.js';

/** A hook in the list of `WebhookAdmin`. */
export interface AdministeredHook {
  /** The key of the hook. */
  readonly id: number;
  /** The API account. */
  readonly client_id: string;
  /** The store. */
  readonly store_hash: string;
  /** The events that it is notified of. */
  readonly scope: string;
  /** Where it sends them. */
  readonly destination: string;
  /** Sent with each delivery; `null` for none. */
  readonly headers: Readonly<Record<string, string>> | null;
  /** Whether events are delivered. */
  readonly is_active: boolean;
  /** Unix seconds. */
  readonly created_at: number;
  /** Unix seconds. */
  readonly updated_at: number;
  /** `deactivated` by the platform, or `inactive` by its owner. */
  readonly status: Open<'inactive' | 'active' | 'deactivated'>;
}

/** A domain that gets no deliveries for now. */
export interface BlockedDomain {
  /** The domain. */
  readonly destination: string;
  /** For how many more seconds. */
  readonly time_left: number;
  /** What has failed. */
  readonly reasons: readonly DeliveryFailure[];
}

/** A kind of failure of deliveries. */
export interface DeliveryFailure {
  /** What has failed. */
  readonly failure_description: string;
  /** How often. */
  readonly count: number;
  /** Unix seconds. */
  readonly timestamp: number;
}
