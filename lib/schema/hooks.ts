import { propertyOf } from '../json-object.js';
import type { HookName } from './declaration.js';
import { draftAt, isContext, type MemberDecorator } from './metadata.js';

/** Creates the decorator of one kind of hook. Hooks are called by name, so a subclass may override them. */
function hook(on: HookName): () => MemberDecorator {
  return () => (target, context) => {
    const given = isContext(context) ? context.name : context;
    const name = typeof given === 'symbol' ? given : String(given);
    const access = isContext(context) ? context.access?.get : undefined;
    draftAt(target, context).hooks.set(`${on} ${String(name)}`, {
      on,
      call(record) {
        return Reflect.apply(Object(access?.call(undefined, record) ?? propertyOf(record, name)), record, []);
      },
    });
  };
}

/** Runs a method before a record is created or updated. If it throws, nothing is sent. */
export const BeforeSave: () => MemberDecorator = hook('beforeSave');
/** Runs a method after a record was created or updated. If it throws, the save throws an AfterHookError; the record is saved. */
export const AfterSave: () => MemberDecorator = hook('afterSave');
/** Runs a method before a record is created. If it throws, nothing is sent. */
export const BeforeCreate: () => MemberDecorator = hook('beforeCreate');
/** Runs a method after a record was created. If it throws, the save throws an AfterHookError; the record is saved. */
export const AfterCreate: () => MemberDecorator = hook('afterCreate');
/** Runs a method before a record is updated. If it throws, nothing is sent. */
export const BeforeUpdate: () => MemberDecorator = hook('beforeUpdate');
/** Runs a method after a record was updated. If it throws, the save throws an AfterHookError; the record is saved. */
export const AfterUpdate: () => MemberDecorator = hook('afterUpdate');
/** Runs a method before a record is deleted. If it throws, nothing is sent. */
export const BeforeDestroy: () => MemberDecorator = hook('beforeDestroy');
/** Runs a method after a record was deleted. If it throws, `destroy()` throws an AfterHookError; the record is deleted. */
export const AfterDestroy: () => MemberDecorator = hook('afterDestroy');
/** Runs a method after a record was loaded from a response. The record is returned when the hook is done; if it throws, the call throws. */
export const AfterLoad: () => MemberDecorator = hook('afterLoad');
