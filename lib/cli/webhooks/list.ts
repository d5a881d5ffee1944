import { Webhook } from '../../resources/v3/webhooks.js';
import { openStore, type StoreOptions } from '../store/open-store.js';
import { tableOf } from '../table.js';
import type { Terminal } from '../terminal.js';

/** The options of `bigrecord webhooks list`. */
export interface ListOptions extends StoreOptions {
  readonly json?: boolean;
}

/** Runs `bigrecord webhooks list`. */
export async function list(options: ListOptions, { print, paint }: Terminal): Promise<void> {
  const store = await openStore(options);
  try {
    const hooks = await Webhook.all();
    if (options.json === true) print(JSON.stringify(hooks.map(shown)));
    else if (hooks.length === 0) print(`No hooks in ${store.name}.`);
    else {
      const rows = hooks.map((hook) => {
        const { id, scope, destination, is_active: isActive, headers } = shown(hook);
        return [String(id), isActive ? paint('green', 'active') : paint('red', 'deactivated'), scope, destination, headers.join(', ')];
      });
      for (const line of tableOf([['id', 'state', 'scope', 'destination', 'headers'].map((each) => paint('bold', each)), ...rows]))
        print(line);
    }
  } finally {
    await store.close();
  }
}

/** What may be shown of a hook: the values of its headers are secrets. */
export const shown = ({ id, scope, destination, is_active, headers, created_at, updated_at }: Webhook) => ({
  id,
  scope: String(scope),
  destination,
  is_active,
  headers: Object.keys(headers ?? {}),
  created_at,
  updated_at,
});
