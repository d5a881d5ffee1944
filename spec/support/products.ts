import { Session } from '../../lib/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';

/** A store in this process for the specs of the surrounding block, and a session of it. Before each of them it has so many products, at 100. */
export function useProducts(count: number): { readonly store: Sandbox; readonly session: Session } {
  const context = {} as { store: Sandbox; session: Session };
  before(async () => {
    context.store = await Sandbox.start({ port: false, seed: 'empty' });
    context.session = new Session(context.store.credentials);
  });
  after(async () => {
    await context.session?.close();
    await context.store?.stop();
  });
  beforeEach(() => {
    context.store.reset();
    for (let n = 1; n <= count; n++)
      context.store.create(Product, { name: `P${n}`, sku: `S${n}`, price: 100, weight: 1, type: 'physical' });
  });
  return context;
}
