/** Counts the requests of a walk: the first before it is answered, so that one that fails counts too. */
export async function* counted<P>(pages: AsyncIterable<P>, sent: () => void): AsyncGenerator<P, void, undefined> {
  sent();
  let isFirst = true;
  for await (const page of pages) {
    if (!isFirst) sent();
    isFirst = false;
    yield page;
  }
}
