import { ConfigurationError } from '../errors/configuration-error.js';
import { propertyOf } from '../json-object.js';
import type { HookName } from './declaration.js';
import { draftAt, isContext, type MemberDecorator } from './metadata.js';

/** Makes the decorator of one kind of hook. Hooks are called by name, so that a subclass may override them. */
function hook(on: HookName): () => MemberDecorator {
  return () => (target, context) => {
    const given = isContext(context) ? context.name : context;
    const name = typeof given === 'symbol' ? given : String(given);
    const access = isContext(context) ? context.access?.get : undefined;
    draftAt(target, context).hooks.set(`${on} ${String(name)}`, {
      on,
      call(record) {
        const method = access?.call(undefined, record) ?? propertyOf(record, name);
        if (typeof method !== 'function') throw new ConfigurationError(`The hook ${String(name)} (${on}) is not a method of the record.`);
        return method.call(record);
      },
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
/** After a record was loaded from a response of the store. May be async: the record is handed out once the hook is done; a hook that rejects rejects the call. */
export const AfterLoad: () => MemberDecorator = hook('afterLoad');
