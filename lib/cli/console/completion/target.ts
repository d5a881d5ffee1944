import { runInThisContext } from 'node:vm';
import type { ModelClass } from '../../../model/model.js';
import { contextIn } from '../../../record/record-base.js';
import { isModel } from '../scope.js';
import { openedIn } from './cursor.js';

/** What a chain gives, as far as it can be told without running it. */
export interface Target {
  readonly model: ModelClass;
  readonly kind: 'model' | 'query' | 'record';
}

const RECORD_METHODS = new Set([
  'find',
  'first',
  'findBy',
  'get',
  'create',
  'build',
  'ref',
  'load',
  'firstOrCreate',
  'firstOrNew',
  'update',
  'reload',
  'save',
  'clone',
]);
const QUERY_METHODS = new Set([
  'where',
  'order',
  'limit',
  'perPage',
  'include',
  'preload',
  'select',
  'param',
  'lazy',
  'stable',
  'of',
  'using',
  'after',
]);

/** Returns what a chain of names, groups and calls gives. Reads variables and properties that are there; calls nothing. */
export function targetOf(chain: string): Target | undefined {
  const links = linksOf(chain);
  const [first = '', ...rest] = links;
  const group = /^\(\s*(?:await\s+)?(.*)\)$/s.exec(first);
  if (group?.[1] !== undefined) return rest.reduce<Target | undefined>(follow, targetOf(group[1].trim()));
  const calls = links.findIndex((link) => link.endsWith(')'));
  const names = calls === -1 ? links : links.slice(0, calls);
  for (let count = names.length; count > 0; count--) {
    const found = targetOfValue(valueAt(names.slice(0, count)));
    if (found !== undefined) return links.slice(count).reduce<Target | undefined>(follow, found);
  }
  return undefined;
}

/** Splits a chain at its dots: `v3`, `Product`, `where({ id: 1.5 })`. */
function linksOf(chain: string): string[] {
  const links = [''];
  for (let at = 0; at < chain.length; at++) {
    const isDot = chain.charAt(at) === '.' && openedIn(chain.slice(0, at)).length === 0;
    if (isDot) links.push('');
    else links.push(`${links.pop()}${chain.charAt(at)}`);
  }
  return links.map((link) => link.replace(/\?$/, '').trim());
}

/** Reads a variable, or a property of one. Nothing but names comes here, so that nothing is called but getters. */
function valueAt(names: readonly string[]): unknown {
  if (!names.every((name) => /^[A-Za-z_$][\w$]*$/.test(name))) return undefined;
  try {
    return runInThisContext(names.join('?.'));
  } catch {
    return undefined; // no such variable
  }
}

function targetOfValue(value: unknown): Target | undefined {
  if (isModel(value)) return { model: value, kind: 'model' };
  const model: unknown = contextIn(value)?.metadata.model;
  return isModel(model) ? { model, kind: 'record' } : undefined;
}

function follow(target: Target | undefined, link: string): Target | undefined {
  if (target === undefined) return undefined;
  const called = /^([\w$]+)\s*\(/.exec(link)?.[1];
  if (target.kind === 'record' && called === undefined) {
    const relation = target.model.resource.relations[link];
    const model: unknown = relation?.target();
    return isModel(model) ? { model, kind: relation?.kind === 'hasMany' ? 'query' : 'record' } : undefined;
  }
  if (called === undefined) return undefined;
  if (RECORD_METHODS.has(called)) return { ...target, kind: 'record' };
  return target.kind !== 'record' && QUERY_METHODS.has(called) ? { ...target, kind: 'query' } : undefined;
}
