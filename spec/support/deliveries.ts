/** The secret headers of the specs' hooks, and the headers of a delivery that carries them. */
export const SECRETS = { 'X-Hook-Secret': 'hook-canary', 'X-Second': 'two' };
export const HEADERS = { 'x-hook-secret': 'hook-canary', 'x-second': 'two' };

/** The body of a delivery. */
export const delivery = (changes: object = {}): string =>
  JSON.stringify({
    scope: 'store/order/created',
    store_id: '1',
    producer: 'stores/sandbox',
    hash: 'abc123',
    created_at: 1_700_000_000,
    data: { type: 'order', id: 100 },
    ...changes,
  });
