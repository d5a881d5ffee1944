/** The filters of a resource that has none: every name is refused, in `where` and among the parameters of a call. */
export const noFilters = {} as const;
