/** Headers in the form of `Request` or of node:http. */
export type HeaderSource = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** The value of a header that was sent once; `undefined` if it is missing, or was sent more often. */
export function headerOf(headers: HeaderSource, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = Object.keys(headers).filter((each) => each.toLowerCase() === name.toLowerCase());
  const values = found.flatMap((each) => headers[each] ?? []);
  return values.length === 1 ? values[0] : undefined;
}
