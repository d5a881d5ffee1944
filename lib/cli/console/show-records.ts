import { type InspectOptionsStylized, inspect } from 'node:util';
import { Model } from '../../model/model.js';
import { HasManyCache } from '../../record/has-many-cache.js';
import { contextIn } from '../../record/record-base.js';
import type { RecordContext } from '../../record/record-context.js';
import { isLoaded, relationCache } from '../../record/relations.js';

type Inspect = typeof inspect;

/** How many attributes of a record in a list are shown. */
const IN_A_LIST = 5;

/**
 * Lets records show in this process what they know: changed attributes with their old values, loaded relations, the names of the others.
 * A record inside something else takes one line.
 */
export function showRecords(): void {
  Object.defineProperty(Model.prototype, inspect.custom, {
    configurable: true,
    value(this: Model, depth: number, options: InspectOptionsStylized, inspectValue: Inspect): unknown {
      const context = contextIn(this);
      if (context === undefined) return { ...this }; // a copy or a Proxy of a record
      return depth === options.depth ? whole(this, context, options, inspectValue) : oneLine(this, context, options, inspectValue);
    },
  });
}

function whole(record: Model, context: RecordContext, options: InspectOptionsStylized, show: Inspect): string {
  const { stylize } = options;
  const changes = new Map(Object.entries<readonly unknown[]>(record.changes));
  const textOf = (value: unknown): string => show(value, nested(options)).replaceAll('\n', '\n  ');
  const lines = Object.entries(record).map(([name, value]) => {
    const change = changes.get(name);
    if (change === undefined) return `  ${keyOf(name)}: ${textOf(value)},`;
    const was = context.isNew
      ? ''
      : stylize(`  // was ${show(change[0], { ...nested(options), colors: false, breakLength: Number.POSITIVE_INFINITY })}`, 'special');
    return `${stylize('~', 'special')} ${keyOf(name)}: ${textOf(value)},${was}`;
  });
  const { loaded, others } = relationsOf(context);
  for (const [name, what] of loaded) lines.push(`  ${keyOf(name)}: ${stylize(`[${what}]`, 'special')},`);
  if (others.length > 0) lines.push(`  ${stylize(`// not loaded: ${others.join(', ')}`, 'undefined')}`);
  return `${titleOf(record, context)} {\n${lines.join('\n')}\n}`;
}

function oneLine(record: Model, context: RecordContext, options: InspectOptionsStylized, show: Inspect): string {
  const changed = new Set<string>(record.changed);
  const all = Object.entries(record);
  const scalars = all.filter(([name, value]) => typeof value !== 'object' || changed.has(name));
  const shown = scalars.filter(([name], at) => at < IN_A_LIST || changed.has(name));
  const parts = shown.map(([name, value]) => {
    const text = show(value, { ...options, depth: 0, breakLength: Number.POSITIVE_INFINITY });
    return `${changed.has(name) ? options.stylize('~', 'special') : ''}${keyOf(name)}: ${text}`;
  });
  for (const [name, what] of relationsOf(context).loaded) parts.push(`${keyOf(name)}: ${options.stylize(`[${what}]`, 'special')}`);
  return `${titleOf(record, context)} { ${[...parts, ...(shown.length < all.length ? ['…'] : [])].join(', ')} }`;
}

function titleOf(record: Model, context: RecordContext): string {
  const state = record.isDestroyed ? ' (destroyed)' : context.isNew ? ' (new)' : '';
  return `${context.metadata.resource.name}${state}`;
}

function relationsOf(context: RecordContext): { loaded: [name: string, what: string][]; others: string[] } {
  const loaded: [string, string][] = [];
  const others: string[] = [];
  for (const name of context.metadata.relations.keys())
    if (isLoaded(context, name)) loaded.push([name, whatIsLoaded(context, name)]);
    else others.push(name);
  return { loaded, others };
}

function whatIsLoaded(context: RecordContext, name: string): string {
  const cache = relationCache(context, name);
  if (cache instanceof HasManyCache) return `${cache.list().length} loaded`;
  const related = cache.present?.record;
  return related instanceof Model ? `loaded: ${String(related)}` : 'loaded: none';
}

/** The options for a value one level further in, so that a record there takes one line. */
const nested = (options: InspectOptionsStylized): InspectOptionsStylized => ({
  ...options,
  depth: (options.depth ?? Number.MAX_SAFE_INTEGER) - 1,
});

const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
