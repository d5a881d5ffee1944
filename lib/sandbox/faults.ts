import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { describe } from '../transport/path.js';

/** A failure that the sandbox simulates instead of responding normally. */
export interface Fault {
  /** Status of the response; not needed with `reset`. */
  status?: number;
  /** How many matching requests fail. Default 1. */
  times?: number;
  /** Only requests to this path below the store (`/v3/catalog/products`) or below it. */
  path?: string | RegExp;
  /** Only requests of this method. */
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Closes the connection instead of responding, before or after the request is processed. */
  reset?: 'before' | 'after';
}

const FAULT_OPTIONS = { status: 1, times: 1, path: 1, method: 1, body: 1, headers: 1, reset: 1 } as const satisfies Record<keyof Fault, 1>;

/** The remaining faults, in the order in which they were added. */
export class Faults {
  readonly #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    assertKnownOptions(fault, FAULT_OPTIONS, 'fail()', ConfigurationError);
    assertFault(fault);
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** The faults that are left, and how often each will occur. */
  get left(): readonly { readonly fault: Fault; readonly left: number }[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** Returns the fault for a request, if there is one, and counts it down. */
  strike(method: string, path: string): Fault | undefined {
    const at = this.#waiting.findIndex(({ fault }) => matches(fault, method, path));
    const found = this.#waiting[at];
    if (found === undefined) return undefined;
    if (--found.left <= 0) this.#waiting.splice(at, 1);
    return found.fault;
  }
}

/** @throws ConfigurationError for a fault that would fail nothing, or not as it says */
function assertFault({ status, reset, times, path, method }: Fault): void {
  const rules: readonly (readonly [option: string, value: unknown, isRight: boolean, due: string])[] = [
    [
      'status',
      status,
      status === undefined ? reset !== undefined : isWhole(status, 200, 599),
      'a number from 200 to 599, or left out with `reset`',
    ],
    ['reset', reset, reset === undefined || reset === 'before' || reset === 'after', "'before' or 'after'"],
    ['times', times, times === undefined || isWhole(times, 1, Number.POSITIVE_INFINITY), 'a whole number from 1, or Infinity'],
    [
      'path',
      path,
      path === undefined || path instanceof RegExp || String(path).startsWith('/'),
      'a path such as /v3/catalog/products, or a RegExp',
    ],
    ['method', method, method === undefined || typeof method === 'string', 'a method such as GET'],
  ];
  for (const [option, value, isRight, due] of rules)
    if (!isRight) throw new ConfigurationError(`${option} of fail() must be ${due}: got ${describe(value)}.`);
}

const isWhole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && value >= least && value <= most && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY);

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  if (fault.path === undefined) return true;
  if (typeof fault.path !== 'string') return fault.path.test(path);
  const prefix = fault.path.replace(/^\/stores\/[^/]+/, '').replace(/\/+$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}
