import type { HookName } from './declaration.js';
import { draftAt, isContext, type MemberDecorator } from './metadata.js';

/** Makes the decorator of one moment. A hook is called by name, so that a subclass may override it. */
function hook(on: HookName): () => MemberDecorator {
  return () => (target, context) => {
    const name = isContext(context) ? context.name : (context as string | symbol);
    const access = isContext(context) ? context.access?.get : undefined;
    const methodOf = (record: object): unknown => access?.call(undefined, record) ?? (record as Record<PropertyKey, unknown>)[name];
    draftAt(target, context).hooks.set(`${on} ${String(name)}`, {
      on,
      call: (record) => (methodOf(record) as () => unknown).call(record),
    });
  };
}

/** Before a record is created or updated; throwing stops it before any request. */
export const BeforeSave: () => MemberDecorator = hook('beforeSave');
/** After a record was created or updated. */
export const AfterSave: () => MemberDecorator = hook('afterSave');
/** Before a new record is sent; throwing stops it before any request. */
export const BeforeCreate: () => MemberDecorator = hook('beforeCreate');
/** After a new record was accepted. */
export const AfterCreate: () => MemberDecorator = hook('afterCreate');
/** Before changes are sent; throwing stops it before any request. */
export const BeforeUpdate: () => MemberDecorator = hook('beforeUpdate');
/** After changes were accepted. */
export const AfterUpdate: () => MemberDecorator = hook('afterUpdate');
/** Before a record is deleted; throwing stops it before any request. */
export const BeforeDestroy: () => MemberDecorator = hook('beforeDestroy');
/** After a record was deleted. */
export const AfterDestroy: () => MemberDecorator = hook('afterDestroy');
/** After a record was filled from an answer of the store. Sync or async: a record is handed out when it is through; one that rejects rejects the call. */
export const AfterLoad: () => MemberDecorator = hook('afterLoad');
