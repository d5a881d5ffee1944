import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { addressOf } from '../transport/request.js';
import { loadStrategyOf, parentFilter, preloadTree, targetOf } from './load-strategy.js';
import { firstRequest, readPlanOf } from './page-strategies.js';
import { includedIn, type QueryState } from './query-state.js';
import { listPath, type Scope } from './scope.js';

/** Describes the requests that a query will send and why, one per line. */
export function explain(scope: Scope, state: QueryState): string {
  const { resource } = scope;
  if (state.nothing) return `${resource.name}: a filter is an empty array, which matches nothing, so no request is sent.`;
  const { query } = firstRequest(scope, state);
  const shown = Object.entries(query).map(
    ([name, value]) => `${name}=${String(value).length > 60 ? `${String(value).slice(0, 59)}…` : value}`,
  );
  const lines = [`GET ${addressOf({ version: resource.version, path: listPath(scope) })}?${shown.join('&')}`, ...planLines(scope, state)];
  const included = includedIn(state.params);
  if (included.length > 0)
    lines.push(`embedded in the responses, without further requests: ${included.map((name) => embedded(resource, name)).join(', ')}`);
  for (const [name, below] of preloadTree(state.preload))
    if (!included.includes(name)) lines.push(`preload ${name}: ${preloading(scope, name)}`, ...deeper(name, below));
    else lines.push(...deeper(name, below));
  if (state.limit !== undefined) lines.push(`ends after ${state.limit} records`);
  return [`${resource.name}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function planLines(scope: Scope, state: QueryState): string[] {
  const { resource } = scope;
  const { kind, size, parts } = readPlanOf(resource, state);
  const smaller =
    size < resource.pageSize && state.perPage === undefined ? ` (not ${resource.pageSize}, because of the embedded relations)` : '';
  const pages = `${size} records per page${smaller}`;
  switch (kind) {
    case 'keys': {
      const keys = new Set(parts.all.flatMap((filters) => filters[`${resource.keyFilter}:in`] as string[])).size;
      return [
        `${keys} keys in ${parts.all.length} request${parts.all.length === 1 ? '' : 's'}: at most ${size} per request, limited by page size and URL length`,
      ];
    }
    case 'stable':
      return [
        `${pages}, in the order of \`${resource.key}\`, several at once: each begins with the last record of the page before it, so none is missed`,
      ];
    case 'cursor':
      return [`${pages}, one after another, by cursor`, ...partsNote(parts.all.length)];
    case 'pages':
      return [
        dialectOf(resource.version).announcesTotals
          ? `${pages}; the first response has the total, the other pages are then requested concurrently, within the session's concurrency`
          : `${pages}; V2 has no totals: the records are counted beside the second page, and the other pages are requested concurrently`,
        ...partsNote(parts.all.length),
      ];
  }
}

function embedded({ relations }: ResourceDeclaration, name: string): string {
  const most = relations[name]?.maxEmbedded;
  return most === undefined ? name : `${name} (up to ${most} per record; if there are more, they are fetched)`;
}

const partsNote = (count: number): string[] =>
  count > 1 ? [`an array in the filters is too long for one URL: split into ${count} parts`] : [];

function preloading(scope: Scope, name: string): string {
  const relation = scope.resource.relations[name];
  if (relation === undefined) return 'unknown';
  const target = targetOf(relation);
  switch (loadStrategyOf(scope.resource, relation)) {
    case 'include':
      return `1 more request per page (GET ${scope.resource.path}?${scope.resource.key}:in=…&include=${name})`;
    case 'list': {
      const by = parentFilter(relation);
      return `1 more list request per page (GET ${by?.path}?${by?.parameter}=…)`;
    }
    case 'keys':
      return `1 more request per page, each distinct ${target.name} once (GET ${target.path}?${target.key}:in=…)`;
    case 'each':
      return relation.kind === 'belongsTo'
        ? `1 request per distinct ${target.name}, concurrently: the API cannot list them by ${target.key}`
        : `1 request per record, concurrently: the API cannot list ${target.name} records of several parents`;
  }
}

const deeper = (name: string, below: readonly string[]): string[] =>
  below.map((path) => `preload ${name}.${path}: for all ${name} of a page together`);
