import { AfterHookError } from '../errors/after-hook-error.js';
import { runInTurn } from '../record/operation-queue.js';
import { keyOf } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import type { HookName } from '../schema/declaration.js';
import { reasonOf } from '../session/safe-call.js';

/** Runs hooks before an operation; one that throws stops it. */
export async function runBeforeHooks(context: RecordContext, ...moments: readonly HookName[]): Promise<void> {
  const { record, metadata } = context;
  for (const moment of moments) for (const hook of metadata.hooks(moment)) await runInTurn(record, () => hook.call(record));
}

/** Runs the hooks after an operation. @throws AfterHookError if one throws; the operation itself has succeeded */
export async function runAfterHooks(context: RecordContext, ...moments: HookName[]): Promise<void> {
  const { record, metadata } = context;
  for (const moment of moments)
    for (const hook of metadata.hooks(moment)) {
      try {
        await runInTurn(record, () => hook.call(record));
      } catch (error) {
        throw afterHookError(context, moment, error);
      }
    }
}

const DONE: Partial<Record<HookName, string>> = { afterCreate: 'created', afterDestroy: 'destroyed' };

function afterHookError(context: RecordContext, moment: HookName, error: unknown): AfterHookError {
  const key = keyOf(context);
  const name = `${context.metadata.resource.name}${key === undefined || key === null ? '' : ` ${String(key)}`}`;
  const message = `${name} was ${DONE[moment] ?? 'saved'}; then one of its ${moment} hooks threw: ${reasonOf(error)}`;
  return new AfterHookError(message, context.record, moment, error);
}
