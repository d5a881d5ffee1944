import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';

/** What the links note about one call while it is in the chain, for each other and for the session. */
export interface Operation {
  /** The number of the current attempt; 1 for the first. */
  attempt: number;
  /** When the current attempt was handed to the transport (`performance.now()`); `undefined` while it still waits. */
  startedAt: number | undefined;
  /** Whether another attempt is pointless now, whatever the response. */
  isFinal: boolean;
  /** Whether its failure has been reported. */
  hasFailed: boolean;
  /** What removes the response from the cache; added by the cache. */
  readonly forget: (() => void)[];
}

/** One link of the chain: it sends a request on to the next link, and may wait, answer or repeat instead. */
export interface Link {
  send(request: TimedRequest, operation: Operation): Promise<RawResponse>;
}

/** Makes a link, given the one after it. */
export type MakeLink = (next: Link) => Link;

/** Joins links, in the order in which a request meets them, with the end of the chain. Those that are not needed are `undefined`. */
export function joinLinks(links: readonly (MakeLink | undefined)[], end: Link): Link {
  return links.reduceRight<Link>((next, make) => make?.(next) ?? next, end);
}
