import { explain } from './explain-received.js';
import { type Expected, received } from './received.js';

/** The parts of chai that the plugin uses. */
interface Chai {
  readonly Assertion: { readonly prototype: object };
}

interface Utils {
  flag(assertion: object, name: string, value?: unknown): unknown;
  addProperty(prototype: object, name: string, getter: (this: Assertion) => unknown): void;
}

interface Assertion {
  assert(isTrue: unknown, message: () => string, negated: () => string): void;
}

const EXPECTED = 'bigrecord: expected request';

/**
 * A plugin for chai: `chai.use(chaiStore)`.
 *
 * @example
 * expect(store).to.have.received('PUT', '/v2/products/1').with({ price: '199.90' });       // at least that
 * expect(store).to.have.received('GET', '/v2/products?page=2').once;
 * expect(store).to.not.have.received('DELETE', /^\/v2\/products/);
 */
export function chaiStore(chai: Chai, utils: Utils): void {
  const { prototype } = chai.Assertion;
  const { flag, addProperty } = utils;
  const expectedBy = (assertion: Assertion): Expected | undefined => {
    const expected = flag(assertion, EXPECTED);
    return isExpected(expected) ? expected : undefined;
  };

  /** Asserts that the store has received what is expected, and keeps that for what follows. */
  function check(assertion: Assertion, expected: Expected, times?: number): Assertion {
    const store = flag(assertion, 'object');
    const count = received(store, expected).length;
    const often = times === undefined ? '' : ` ${times === 1 ? 'once' : `${times} times`}`;
    flag(assertion, EXPECTED, expected);
    // The messages have no placeholders: `#{this}` would print the store.
    const message = (what: string) => () => escaped(explain(store, expected, what));
    assertion.assert(
      times === undefined ? count > 0 : count === times,
      message(`to have received${often}${often === '' ? '' : `, not ${count},`}`),
      message(`not to have received${often}`),
    );
    return assertion;
  }

  addProperty(prototype, 'received', function () {
    return (method: string, path: string | RegExp, body?: unknown) => check(this, { method, path, body });
  });

  /** Adds what follows `received()`. Elsewhere the name means what it meant before, such as the `with` of chai itself. */
  function addAfterReceived(name: string, follow: (assertion: Assertion, expected: Expected) => unknown): void {
    const before = Object.getOwnPropertyDescriptor(prototype, name);
    addProperty(prototype, name, function () {
      const expected = expectedBy(this);
      return expected === undefined ? before?.get?.call(this) : follow(this, expected);
    });
  }

  addAfterReceived('with', (assertion, expected) => (body: unknown) => check(assertion, { ...expected, body }));
  addAfterReceived('withExactly', (assertion, expected) => (body: unknown) => check(assertion, { ...expected, body, isExact: true }));
  addAfterReceived('times', (assertion, expected) => (count: number) => check(assertion, expected, count));
  addAfterReceived('once', (assertion, expected) => check(assertion, expected, 1));
}

const isExpected = (value: unknown): value is Expected =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;

const escaped = (message: string): string => message.replaceAll('#{', '# {');
