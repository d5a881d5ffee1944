/** Adds the matchers of {@link jestMatchers} to the types of `expect`. */
export interface StoreMatchers<R> {
  /** Asserts that the store has received a request, with at least these parts of a body. */
  toHaveReceived(method: string, path: string | RegExp, body?: unknown): R;
  /** Asserts that the store has received a request with this very body. */
  toHaveReceivedExactly(method: string, path: string | RegExp, body: unknown): R;
  /** Asserts how many such requests the store has received. */
  toHaveReceivedTimes(times: number, method: string, path: string | RegExp, body?: unknown): R;
}

// Global, so that none of the test tools has to be installed. Vitest takes the types of both.
declare global {
  namespace jest {
    interface Matchers<R> extends StoreMatchers<R> {}
  }
  namespace Chai {
    interface Assertion {
      /** Asserts that the store has received a request, with at least these parts of a body. */
      received(method: string, path: string | RegExp, body?: unknown): ReceivedAssertion;
    }
    /** What follows `received()`. */
    interface ReceivedAssertion extends Assertion {
      /** Asserts that one of the requests has at least these parts of a body. */
      with: With;
      /** Asserts that one of the requests has this very body. */
      withExactly(body: unknown): ReceivedAssertion;
      /** Asserts how many requests there were. */
      times(count: number): ReceivedAssertion;
      /** Asserts that there was one request. */
      once: ReceivedAssertion;
      not: ReceivedAssertion;
      and: ReceivedAssertion;
      but: ReceivedAssertion;
    }
    interface With extends Assertion {
      (body: unknown): ReceivedAssertion;
    }
  }
}
