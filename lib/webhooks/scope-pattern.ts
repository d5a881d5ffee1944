/**
 * Whether a hook of this scope gets the event: `store/order/*` covers all below `store/order/`, `*` between slashes one part, such as a
 * channel.
 */
export function covers(pattern: string, scope: string): boolean {
  const wanted = pattern.split('/');
  const parts = scope.split('/');
  if (wanted.at(-1) === '*' ? parts.length < wanted.length : parts.length !== wanted.length) return false;
  return wanted.every((part, at) => part === '*' || part === parts[at]);
}
