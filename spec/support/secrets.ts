import { inspect } from 'node:util';

/** Credentials of the specs' sessions, easy to find wherever they should not be. */
export const CANARY = 'canary-token-5f2c9e';
export const BASIC = { username: 'canary-user', token: 'canary-basic-77aa' };
const SECRETS: readonly string[] = [CANARY, BASIC.token, Buffer.from(`${BASIC.username}:${BASIC.token}`).toString('base64')];

/** Everything that a program could print of a value. */
function* printed(value: unknown): Generator<string> {
  yield inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });
  yield String(value);
  yield JSON.stringify(value) ?? '';
  if (value instanceof Error) {
    yield value.message;
    yield value.stack ?? '';
    yield inspect(new AggregateError([value]), { depth: Number.POSITIVE_INFINITY, showHidden: true });
    yield JSON.stringify(Object.fromEntries(Object.getOwnPropertyNames(value).map((name) => [name, (value as never)[name]])));
    if (value.cause !== undefined) yield* printed(value.cause);
  }
}

/** Fails where a secret could be printed. */
export function assertClean(value: unknown, where: string): void {
  for (const text of printed(value))
    for (const secret of SECRETS)
      if (text.includes(secret)) throw new Error(`A secret shows in ${where}: ${text.replaceAll(secret, '(here)').slice(0, 300)}`);
}
