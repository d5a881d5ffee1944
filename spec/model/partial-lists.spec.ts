import { type BulkResult, ClientError, UncertainOutcomeError, ValidationError } from 'bigrecord';
import { CustomerAddress, OrderPickup, Page, PriceListRecord, ProductMetafield } from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** The API stores the valid entries of some lists although it answers 422: what is sent again is stored twice. */
describe('a list to be created that is refused', () => {
  let server: Listening;
  afterEach(() => server.close());

  /** A store that keeps the valid entries, and tells of the others by their place, or of nothing. */
  async function keeping(isBad: (row: Record<string, unknown>) => boolean, tell: 'places' | 'nothing' | 'rows' | 'count', status = 422) {
    const stored: Record<string, unknown>[] = [];
    server = await serve(({ body, method }, response) => {
      if (method !== 'POST') return json(response, { data: [] });
      const rows = JSON.parse(body) as Record<string, unknown>[];
      const good = rows.filter((row) => !isBad(row)).map((row, at) => ({ id: 100 + stored.length + at, ...row }));
      stored.push(...good);
      if (good.length === rows.length) return json(response, { data: good });
      const bad = rows.flatMap((row, at) => (isBad(row) ? [[`${at}.name`, 'is wrong']] : []));
      json(
        response,
        {
          status,
          title: 'Some are wrong',
          ...(tell === 'nothing' ? {} : { errors: Object.fromEntries(bad) }),
          ...(tell === 'rows' ? { data: good } : {}),
          ...(tell === 'count' ? { meta: { total: rows.length, success: good.length, failed: bad.length } } : {}),
        },
        status,
      );
    });
    return stored;
  }

  const namesOf = (stored: readonly Record<string, unknown>[]): unknown[] => stored.map(({ name }) => name);
  const outcomes = ({ succeeded, failed }: BulkResult<{ name?: string }>) => ({
    succeeded: succeeded.map(({ name }) => name),
    refused: failed.filter(({ error }) => error instanceof ValidationError).map(({ record }) => record.name),
    uncertain: failed.filter(({ error }) => error instanceof UncertainOutcomeError).map(({ record }) => record.name),
  });
  const pages = range(5).map((at) => ({ name: `P${at}`, type: 'page' as const }));

  it('is not sent again where its valid entries are stored: the named ones are refused, of the others nobody knows', async () => {
    const stored = await keeping(({ name }) => name === 'P2', 'places');
    const result = await Page.using(server.session()).createMany(pages);
    expect(namesOf(stored)).to.deep.equal(['P1', 'P3', 'P4', 'P5']);
    expect(result.requests).to.equal(1);
    expect(outcomes(result as never)).to.deep.equal({ succeeded: [], refused: ['P2'], uncertain: ['P1', 'P3', 'P4', 'P5'] });
    expect(result.failed.find(({ error }) => error instanceof UncertainOutcomeError)?.error.message)
      .to.contain('may have been created')
      .and.contain('look before you repeat it');
  });

  it('is not halved either where the answer names none', async () => {
    const stored = await keeping(({ name }) => name === 'P2', 'nothing');
    const result = await Page.using(server.session()).createMany(pages);
    expect(namesOf(stored)).to.deep.equal(['P1', 'P3', 'P4', 'P5']);
    expect(outcomes(result as never).uncertain).to.have.length(5);
  });

  it('gives the records whose rows the answer holds', async () => {
    const stored = await keeping(({ name }) => name === 'P2', 'rows');
    const result = await Page.using(server.session()).createMany(pages);
    expect(namesOf(stored)).to.have.length(4);
    expect(outcomes(result as never)).to.deep.equal({ succeeded: ['P1', 'P3', 'P4', 'P5'], refused: ['P2'], uncertain: [] });
    expect(result.succeeded.map(({ id }) => id)).to.deep.equal([100, 101, 102, 103]);
  });

  it('is told of by its rows or counts on any other resource too', async () => {
    const addresses = range(4).map((at) => ({ customer_id: 1, first_name: `A${at}`, last_name: 'B', address1: 'x', city: 'y' }));
    for (const tell of ['rows', 'count'] as const) {
      const stored = await keeping(({ first_name: name }) => name === 'A3', tell);
      const result = await CustomerAddress.using(server.session()).createMany(addresses as never);
      expect(stored).to.have.length(3);
      expect(result.requests).to.equal(1);
      await server.close();
    }
    await keeping(() => false, 'rows');
  });

  const LISTS: Readonly<Record<string, (at: number) => Promise<BulkResult<object>>>> = {
    'price-list records': async () =>
      PriceListRecord.using(server.session())
        .of(1)
        .createMany(range(3).map((variant_id) => ({ variant_id, currency: 'usd', price: 1 })) as never),
    'pickups of orders': async () => OrderPickup.using(server.session()).createMany(range(3).map((order_id) => ({ order_id })) as never),
    'metafields of a product': async () =>
      ProductMetafield.using(server.session())
        .of(1)
        .createMany(range(3).map((at) => ({ key: `k${at}`, namespace: 'n', value: 'v', permission_set: 'app_only' })) as never),
  };
  for (const [name, create] of Object.entries(LISTS))
    it(`is sent once: ${name}`, async () => {
      let posts = 0;
      server = await serve((_, response) => {
        posts++;
        json(response, { status: 422, title: 'No' }, 422);
      });
      const { failed } = await create(1);
      expect(posts).to.equal(1);
      expect(failed.map(({ error }) => error.name)).to.deep.equal([
        'UncertainOutcomeError',
        'UncertainOutcomeError',
        'UncertainOutcomeError',
      ]);
    });

  it('of one entry is refused for certain', async () => {
    await keeping(() => true, 'nothing');
    const { failed } = await Page.using(server.session()).createMany(pages.slice(0, 1));
    expect(failed[0]?.error).to.be.instanceOf(ClientError).and.not.instanceOf(UncertainOutcomeError);
  });

  it('is sent again in parts where nothing is stored of a list that is refused', async () => {
    const stored: unknown[] = [];
    server = await serve(({ body }, response) => {
      const rows = JSON.parse(body) as { first_name: string }[];
      if (rows.some(({ first_name }) => first_name === 'A3')) return json(response, { status: 422, title: 'No' }, 422);
      stored.push(...rows);
      json(response, { data: rows.map((row, at) => ({ id: stored.length + at, ...row })) });
    });
    const addresses = range(5).map((at) => ({ customer_id: 1, first_name: `A${at}`, last_name: 'B', address1: 'x', city: 'y' }));
    const { succeeded, failed } = await CustomerAddress.using(server.session()).createMany(addresses as never);
    expect([succeeded.length, failed.length, stored.length]).to.deep.equal([4, 1, 4]);
  });

  for (const status of [408, 425, 499, 500, 503])
    it(`is not sent again after ${status}; every record is uncertain`, async () => {
      let posts = 0;
      server = await serve((_, response) => {
        posts++;
        json(response, {}, status, { 'retry-after': '0' });
      });
      const { failed } = await Page.using(server.session()).createMany(pages);
      expect(posts).to.equal(1);
      expect(failed.every(({ error }) => (error as ClientError).isUncertain)).to.equal(true);
    });
});
