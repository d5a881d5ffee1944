import { explain } from './explain-received.js';
import { type Expected, received } from './received.js';

/** What jest and vitest take from a matcher. */
export interface MatcherResult {
  /** Whether it is as expected, `not` aside. */
  readonly pass: boolean;
  /** Says why the assertion fails. */
  message(): string;
}

const result = (store: unknown, expected: Expected, times?: number): MatcherResult => {
  const count = received(store, expected).length;
  const pass = times === undefined ? count > 0 : count === times;
  const often = times === undefined ? '' : ` ${times === 1 ? 'once' : `${times} times`}, not ${count},`;
  return { pass, message: () => explain(store, expected, pass ? `not to have received${often}` : `to have received${often}`) };
};

/**
 * Matchers for jest and vitest: `expect.extend(jestMatchers)`.
 *
 * @example
 * expect(store).toHaveReceived('PUT', '/v2/products/1', { price: '199.90' });       // at least that
 * expect(store).not.toHaveReceived('DELETE', /^\/v2\/products/);
 */
export const jestMatchers = {
  toHaveReceived: (store: unknown, method: string, path: string | RegExp, body?: unknown): MatcherResult =>
    result(store, { method, path, body }),
  toHaveReceivedExactly: (store: unknown, method: string, path: string | RegExp, body: unknown): MatcherResult =>
    result(store, { method, path, body, isExact: true }),
  toHaveReceivedTimes: (store: unknown, times: number, method: string, path: string | RegExp, body?: unknown): MatcherResult =>
    result(store, { method, path, body }, times),
};
