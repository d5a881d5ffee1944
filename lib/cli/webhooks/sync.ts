import { isJsonObject } from '../../json-object.js';
import { type SyncedHooks, Webhook } from '../../resources/v3/webhooks.js';
import type { Middleware } from '../../session/middleware.js';
import { environmentWith } from '../store/environment.js';
import { openStore, type StoreOptions } from '../store/open-store.js';
import { tableOf } from '../table.js';
import type { Terminal } from '../terminal.js';
import { type DeclaredHooks, readDeclared } from './declared.js';
import { shown } from './list.js';

/** The options of `bigrecord webhooks sync`. */
export interface SyncOptions extends StoreOptions {
  readonly dryRun?: boolean;
  readonly keepOthers?: boolean;
  readonly json?: boolean;
}

type Changes = { readonly [Kind in keyof SyncedHooks]: Webhook[] };

/** Runs `bigrecord webhooks sync`. */
export async function sync(file: string, options: SyncOptions, terminal: Terminal): Promise<void> {
  const isDry = options.dryRun === true;
  const declared = readDeclared(file, environmentWith(options.dotenv));
  const store = await openStore(isDry ? { ...options, write: true } : options);
  try {
    if (isDry) store.session.use(answerWrites);
    const changes = await synchronise(declared, options.keepOthers === true);
    print(changes, isDry, options.json === true, terminal);
  } finally {
    await store.close();
  }
}

/** Answers writes itself, as the store would, so that a dry run goes the same way as a real one. */
const answerWrites: Middleware = async (request, next) => {
  if (request.method === 'GET') return next(request);
  const id = Number(/\/(\d+)$/.exec(request.path)?.[1] ?? 1);
  return { status: 200, headers: {}, body: { data: { ...(isJsonObject(request.body) ? request.body : {}), id }, meta: {} } };
};

async function synchronise(declared: readonly DeclaredHooks[], keepOthers: boolean): Promise<Changes> {
  const changes: Changes = { created: [], activated: [], updated: [], removed: [] };
  for (const { scopes, destination, headers } of declared) {
    const { created, activated, updated, removed } = await Webhook.sync(scopes, destination, { headers });
    changes.created.push(...created);
    changes.activated.push(...activated);
    changes.updated.push(...updated);
    changes.removed.push(...removed);
  }
  if (keepOthers) return changes;
  const destinations = new Set(declared.map(({ destination }) => destination));
  for (const hook of await Webhook.all()) {
    if (destinations.has(hook.destination)) continue;
    await hook.destroy();
    changes.removed.push(hook);
  }
  return changes;
}

function print({ created, activated, updated, removed }: Changes, isDry: boolean, isJson: boolean, { print, paint }: Terminal): void {
  if (isJson) {
    const all = Object.entries({ created, activated, updated, removed }).map(([kind, hooks]) => [
      kind,
      hooks.map((hook) => jsonOf(hook, isDry && kind === 'created')),
    ]);
    print(JSON.stringify({ dryRun: isDry, ...Object.fromEntries(all) }));
    return;
  }
  const rows = (sign: string, hooks: readonly Webhook[], what: string): string[][] =>
    hooks.map(({ scope, destination }) => [sign, scope, destination, what]);
  const lines = tableOf([
    ...rows(paint('green', '+'), created, isDry ? 'would be created' : 'created'),
    ...rows(paint('yellow', '~'), activated, isDry ? 'would be activated' : 'activated'),
    ...rows(paint('yellow', '~'), updated, isDry ? 'would get other headers' : 'has other headers'),
    ...rows(paint('red', '-'), removed, isDry ? 'would be deleted' : 'deleted'),
  ]);
  for (const line of lines) print(line);
  if (lines.length === 0) print('The hooks are as declared: nothing to change.');
  else if (isDry) print('Nothing was changed.');
}

/** A hook that a dry run would create has no id. */
function jsonOf(hook: Webhook, isImagined: boolean): object {
  const { id, scope, destination, is_active, headers } = shown(hook);
  return { ...(isImagined ? {} : { id }), scope, destination, is_active, headers };
}
