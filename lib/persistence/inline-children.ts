import type { FieldErrors } from '../errors/field-errors.js';
import type { Row } from '../query/scope.js';
import { acceptResponse } from '../record/accept-response.js';
import { allAttributes } from '../record/attribute-values.js';
import { bodyOf, changedAttributes } from '../record/change-set.js';
import { HasManyCache } from '../record/has-many-cache.js';
import { checkWritable } from '../record/read-only.js';
import { keyOf } from '../record/record-address.js';
import { dropInitialAttributes, ownRareState, type RecordContext, setFieldErrors } from '../record/record-context.js';
import { placeBelow } from '../record/related-scope.js';
import type { PendingChildren } from './pending-children.js';

/** Children inside the body that creates their parent, and what is sent of each. */
export interface InlineChildren extends PendingChildren {
  readonly bodies: readonly Row[];
}

/** Plans what to send of children inside their parent. @throws ReadonlyAttributeError */
export function planInline({ cache, children }: PendingChildren): InlineChildren {
  const bodies = children.map((child) => {
    checkWritable(child, changedAttributes(child));
    return bodyOf(child, allAttributes(child));
  });
  return { cache, children, bodies };
}

/** Marks children as saved, after the parent that contained them was created. */
export function completeInline(parent: RecordContext, { cache, children, bodies }: InlineChildren): void {
  const { by, kind, property } = cache.relation;
  const reference = by === undefined ? {} : { [by]: keyOf(parent) };
  for (const [place, child] of children.entries()) {
    child.session ??= parent.session;
    placeBelow(parent, child, by);
    acceptResponse(child, { ...bodies[place], ...reference });
    dropInitialAttributes(child);
    setFieldErrors(child);
    if (kind === 'hasMany') ownRareState(child).createdInside = { parent, relation: property };
  }
  cache.acceptInline();
}

/** Copies error messages such as `variants.0.price` to the child that they are about. */
export function refuseInline({ cache, children }: PendingChildren, errors: FieldErrors): void {
  const { property } = cache.relation;
  const own = children.map((): FieldErrors => ({}));
  for (const [name, messages] of Object.entries(errors)) {
    if (!name.startsWith(property)) continue;
    const [, place, field = 'base'] = /^(?:\.|\[)(\d{1,6})\]?(?:\.(.+))?$/.exec(name.slice(property.length)) ?? [];
    const errorsOfChild = own[Number(place)];
    if (place !== undefined && errorsOfChild !== undefined) errorsOfChild[field] = messages;
  }
  for (const [place, child] of children.entries()) setFieldErrors(child, own[place]);
}

/** Remembers the relations in use by the program. The returned function restores them if the response embedded new rows. */
export function keepRelationsInUse(context: RecordContext): () => void {
  const caches = [...(context.rare.relations?.values() ?? [])].filter((cache) => cache instanceof HasManyCache);
  if (caches.length === 0) return () => {};
  return () => {
    const rare = ownRareState(context);
    for (const cache of caches) {
      const { property } = cache.relation;
      if (rare.relations?.get(property) === cache || !cache.isInUse) continue;
      const rows = rare.embedded?.get(property);
      (rare.relations ??= new Map()).set(property, cache);
      rare.embedded?.delete(property);
      cache.fill(rows);
    }
  };
}
