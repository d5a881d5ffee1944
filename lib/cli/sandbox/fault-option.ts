import { InvalidArgumentError } from 'commander';
import type { Fault } from '../../sandbox/faults.js';

const FORM = /^(?<status>[45]\d\d|reset)(?:\s+(?<times>\d{1,6}))?(?:\s+(?<method>GET|POST|PUT|PATCH|DELETE))?(?:\s+(?<path>\/\S*))?$/i;

/**
 * Parses a fault: `503`, `503 2 /v3/catalog/products`, `429 1 POST /v2/orders`, `reset 1 /v2/orders`.
 *
 * @throws InvalidArgumentError for anything else
 */
export function parseFault(text: string): Fault {
  const { status, times, method, path } = FORM.exec(text.trim())?.groups ?? {};
  if (status === undefined)
    throw new InvalidArgumentError(
      "It must be a status (400 to 599) or 'reset', how many times, a method and a path: '503 2 /v3/catalog/products'.",
    );
  return {
    ...(status.toLowerCase() === 'reset' ? { reset: 'before' } : { status: Number(status) }),
    ...(times === undefined ? {} : { times: Number(times) }),
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(path === undefined ? {} : { path }),
  };
}

/** Writes a fault in the form in which it is given. */
export function faultText({ status, reset, times, method, path }: Fault): string {
  return [status ?? (reset === undefined ? '' : 'reset'), times ?? 1, method ?? '', String(path ?? '')]
    .filter((part) => part !== '')
    .join(' ');
}
