/** Paths that the API had before, and that its guides still show, by the present ones. */
const FORMER_PATHS: Readonly<Record<string, string>> = {
  // archive/store-operations/v2-catalog-products/v2-option-sets.mdx links to /optionsets/10/options.
  '/v2/option_sets': '/v2/optionsets',
};

/** Returns a route, and the same one under its former path, if it has one. */
export function withFormerPath<Routed extends { readonly path: string }>(route: Routed): Routed[] {
  const [present, former] = Object.entries(FORMER_PATHS).find(([prefix]) => `${route.path}/`.startsWith(`${prefix}/`)) ?? [];
  if (present === undefined || former === undefined) return [route];
  return [route, { ...route, path: `${former}${route.path.slice(present.length)}` }];
}
