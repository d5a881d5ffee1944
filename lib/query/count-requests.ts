/** Counts the requests of a walk: the first before its response comes, so that one that fails counts too. */
export async function* countRequests<P>(pages: AsyncIterable<P>, onRequest: () => void): AsyncGenerator<P, void, undefined> {
  onRequest();
  let isFirst = true;
  for await (const page of pages) {
    if (!isFirst) onRequest();
    isFirst = false;
    yield page;
  }
}
