/** The error that a call ends in; fails when it does not. */
export async function rejection<E extends Error>(
  call: PromiseLike<unknown> | (() => unknown),
  Class?: abstract new (...args: never[]) => E,
): Promise<E> {
  let result: unknown;
  try {
    result = await (typeof call === 'function' ? call() : call);
  } catch (error) {
    if (Class !== undefined && !(error instanceof Class)) {
      throw new Error(`Expected ${Class.name}, got ${String(error)}`, { cause: error });
    }
    return error as E;
  }
  throw new Error(`Expected an error, got ${JSON.stringify(result)?.slice(0, 200)}.`);
}
