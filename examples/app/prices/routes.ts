import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Html } from '../pages/html.js';
import { messagePage } from '../pages/message.js';
import { fieldsOf, paramsOf, sendPage, type Visit, visitors } from '../security/visit.js';
import type { Services } from '../services.js';
import { changePage, doneOf, totalOf } from './change-page.js';
import { brandsOf, type Preview, previewPrices } from './preview.js';
import { ChangeRunningError, type Progress, unsettled } from './price-changes.js';
import { describeRule, type PriceRule, readRule } from './price-rule.js';
import { type Entered, pricesPage } from './prices-page.js';

/** Changes, and failures of one, that are shown. */
const SHOWN = { changes: 10, failures: 100 };

export function addPriceRoutes(app: FastifyInstance, services: Services): void {
  const { changes } = services;
  const forVisitors = visitors(services);

  app.get(
    '/stores/:storeHash/prices',
    forVisitors(async (visit, request, reply) => {
      const entered = enteredIn(request.query);
      if (!('percent' in fieldsOf(request.query))) return show(visit, entered);
      const rule = readRule(entered);
      if (typeof rule !== 'string') return show(visit, entered, { preview: await preview(visit, entered, rule) });
      reply.code(422);
      return show(visit, entered, { mistake: rule });
    }),
  );

  app.post(
    '/stores/:storeHash/changes',
    forVisitors(async (visit, request, reply) => {
      const entered = enteredIn(request.body);
      const rule = readRule(entered);
      if (typeof rule === 'string') return refuse(visit, entered, { mistake: rule });
      const now = await preview(visit, entered, rule);
      if (now.prices.length === 0 || now.fingerprint !== fieldsOf(request.body)['fingerprint'])
        return refuse(visit, entered, { mistake: CHANGED_SINCE, preview: now });
      try {
        const { store, user } = visit;
        const description = `${describeRule(rule)} on ${await selectionName(visit, entered)}`;
        const id = await changes.start({ storeHash: store.hash, startedBy: user.email, description, prices: now.prices });
        return reply.redirect(`/stores/${store.hash}/changes/${id}`, 303);
      } catch (error) {
        if (error instanceof ChangeRunningError) return refuse(visit, entered, { mistake: error.message });
        throw error;
      }

      async function refuse(...shown: Parameters<typeof show>): Promise<Html> {
        reply.code(409);
        return show(...shown);
      }
    }),
  );

  app.get(
    '/stores/:storeHash/changes/:id',
    forVisitors(async (visit, request, reply) => {
      const { id = '' } = paramsOf(request);
      const change = await changes.progress(visit.store.hash, id);
      if (change === undefined) return sendPage(reply.code(404), messagePage('No such change', 'The app does not know this change.'));
      return changePage(visit, change, await changes.failures(visit.store.hash, id, SHOWN.failures));
    }),
  );

  /** Tells the progress by server-sent events, until the change ends or the page is closed. */
  app.get(
    '/stores/:storeHash/changes/:id/progress',
    forVisitors(async ({ store }, request, reply) => {
      const { id = '' } = paramsOf(request);
      const closed = new AbortController();
      reply.raw.once('close', () => closed.abort());
      const events = asEvents(changes.watch(store.hash, id, closed.signal));
      return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(Readable.from(events));
    }),
  );

  for (const action of ['cancel', 'revert'] as const)
    app.post(
      `/stores/:storeHash/changes/:id/${action}`,
      forVisitors(async ({ store }, request, reply) => {
        const { id = '' } = paramsOf(request);
        try {
          await changes[action](store.hash, id);
        } catch (error) {
          if (!(error instanceof ChangeRunningError)) throw error;
          return sendPage(reply.code(409), messagePage('Not now', error.message));
        }
        return reply.redirect(`/stores/${store.hash}/changes/${id}`, 303);
      }),
    );

  async function show(visit: Visit, entered: Entered, more: { preview?: Preview; mistake?: string } = {}): Promise<Html> {
    const [brands, latest] = await Promise.all([brandsOf(visit.session), changes.list(visit.store.hash, SHOWN.changes)]);
    return pricesPage(visit, { brands, changes: latest, entered, ...more });
  }

  function preview({ session, store }: Visit, entered: Entered, rule: PriceRule): Promise<Preview> {
    return previewPrices(session, { brandId: brandIn(entered), rule }, store.decimal_places);
  }
}

const CHANGED_SINCE = 'Prices in the store have changed since the preview. Nothing was sent: look at the new preview, and start again.';

function enteredIn(source: unknown): Entered {
  const { brand = '', percent = '', ending = 'exact' } = fieldsOf(source);
  return { brand, percent, ending };
}

const brandIn = ({ brand }: Entered): number | undefined => (/^\d{1,9}$/.test(brand) ? Number(brand) : undefined);

async function selectionName({ session }: Visit, entered: Entered): Promise<string> {
  const brandId = brandIn(entered);
  if (brandId === undefined) return 'all products';
  return (await brandsOf(session)).find(({ id }) => id === brandId)?.name ?? 'a brand';
}

/** Writes the progress as server-sent events: what the script of the page shows. */
async function* asEvents(progress: AsyncIterable<Progress>): AsyncGenerator<string, void, undefined> {
  for await (const change of progress) {
    const { state, written, failed, reverted, kept } = change;
    const data = { state, written, failed, reverted, kept, left: unsettled(change), done: doneOf(change), total: totalOf(change) };
    yield `data: ${JSON.stringify(data)}\n\n`;
  }
  yield 'event: end\ndata: {}\n\n';
}
