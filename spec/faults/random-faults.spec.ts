import { HttpError, NetworkError, RecordNotFoundError, ServerError, Session, UncertainOutcomeError } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Brand, Customer } from 'bigrecord/v3';
import { expect } from 'chai';
import { FAULTS, type FaultProxy, faultProxy, seeded } from '../support/fault-proxy.js';

const OPERATIONS = Number(process.env['FAULT_OPERATIONS'] ?? 1500);
const SEED = Number(process.env['FAULT_SEED'] ?? 20_261);
const JOBS = 16;
const ABSENT = null;

/** What a row may hold in the store, after all that was and was not acknowledged: `null` is "it is not there". */
type Possible = Set<string | null>;

describe(`${OPERATIONS} operations on a line with faults`, function () {
  this.timeout(30_000 + OPERATIONS * 30);
  let store: Sandbox;
  let proxy: FaultProxy;
  let session: Session;
  const brands = new Map<string, Possible>();
  const customers = new Map<string, Possible>();
  const counted = { operations: 0, acknowledged: 0, uncertain: 0, failed: 0 };

  before(async () => {
    store = await Sandbox.start({ seed: false });
    const random = seeded(SEED);
    proxy = await faultProxy(store.credentials.baseUrl, random);
    session = new Session({
      ...store.credentials,
      baseUrl: `http://127.0.0.1:${proxy.port}`,
      retry: { limit: 6, baseMs: 2 },
    });
    await Promise.all(Array.from({ length: JOBS }, (_, job) => run(job, seeded(SEED + job + 1))));
  });

  after(async () => {
    await session.close();
    await proxy.close();
    await store.stop();
  });

  /** Whether the library calls the outcome unknown; anything else that a create fails with means "not created". */
  function judge(error: unknown): boolean {
    const uncertain = error instanceof UncertainOutcomeError || (error instanceof ServerError && error.isUncertain);
    counted[uncertain ? 'uncertain' : 'failed']++;
    if (!(error instanceof NetworkError) && !(error instanceof HttpError)) throw error;
    expect(String(error), 'no secret in an error').not.to.contain(store.credentials.accessToken);
    return uncertain;
  }

  async function run(job: number, random: () => number): Promise<void> {
    const mine: Brand[] = [];
    const people: Customer[] = [];
    for (let number = 0; number < OPERATIONS / JOBS; number++) {
      counted.operations++;
      const title = `t${job}-${number}`;
      const dice = random();
      const at = Math.floor(random() * mine.length);
      const brand = mine[at];
      if (brand === undefined || dice < 0.25) await createBrand(`brand ${job}-${number}`, title, mine);
      else if (dice < 0.5) await updateBrand(brand, title);
      else if (dice < 0.65) await findBrand(brand);
      else if (dice < 0.75) {
        mine.splice(at, 1);
        await destroyBrand(brand);
      } else if (dice < 0.9 || people.length === 0) await createCustomers(`${job}-${number}`, people);
      else await saveCustomers(people, title);
    }
  }

  async function createBrand(name: string, title: string, mine: Brand[]): Promise<void> {
    try {
      mine.push(await Brand.using(session).create({ name, page_title: title }));
      counted.acknowledged++;
      brands.set(name, new Set([title]));
    } catch (error) {
      brands.set(name, new Set(judge(error) ? [title, ABSENT] : [ABSENT]));
    }
  }

  async function updateBrand(brand: Brand, title: string): Promise<void> {
    const possible = brands.get(brand.name) as Possible;
    brand.page_title = title;
    try {
      await brand.save();
      counted.acknowledged++;
      brands.set(brand.name, new Set([title]));
    } catch (error) {
      judge(error);
      possible.add(title);
    }
  }

  async function findBrand(brand: Brand): Promise<void> {
    const possible = brands.get(brand.name) as Possible;
    try {
      const found = await Brand.using(session).find(brand.id);
      counted.acknowledged++;
      expect([...possible], 'an acknowledged write can be read').to.include(found.page_title);
    } catch (error) {
      if (error instanceof RecordNotFoundError) throw error;
      judge(error);
    }
  }

  async function destroyBrand(brand: Brand): Promise<void> {
    try {
      await brand.destroy();
      counted.acknowledged++;
      brands.set(brand.name, new Set([ABSENT]));
    } catch (error) {
      if (error instanceof RecordNotFoundError) throw error;
      judge(error);
      (brands.get(brand.name) as Possible).add(ABSENT);
    }
  }

  async function createCustomers(label: string, people: Customer[]): Promise<void> {
    const rows = Array.from({ length: 15 }, (_, index) => ({
      email: `${label}-${index}@example.com`,
      first_name: 'New',
      last_name: label,
    }));
    const { succeeded, failed } = await Customer.using(session).createMany(rows);
    expect(succeeded.length + failed.length, 'an outcome each').to.equal(rows.length);
    for (const customer of succeeded) {
      people.push(customer);
      customers.set(customer.email, new Set(['New']));
    }
    for (const { record, error } of failed) customers.set(record.email, new Set(judge(error) ? ['New', ABSENT] : [ABSENT]));
    counted.acknowledged += succeeded.length;
  }

  async function saveCustomers(people: Customer[], title: string): Promise<void> {
    const changed = people.slice(-20);
    for (const customer of changed) customer.first_name = title;
    const { succeeded, failed } = await Customer.using(session).saveMany(changed);
    for (const customer of succeeded) customers.set(customer.email, new Set([title]));
    for (const { record, error } of failed) {
      judge(error);
      customers.get(record.email)?.add(title);
    }
    counted.acknowledged += succeeded.length;
  }

  /** What the store holds, asked without the faults. */
  async function stored(): Promise<{ brands: Brand[]; customers: Customer[] }> {
    const direct = new Session(store.credentials);
    const all = { brands: await Brand.using(direct).all(), customers: await Customer.using(direct).all() };
    await direct.close();
    return all;
  }

  const heldAs = (rows: readonly { key: string; value: string }[], expected: Map<string, Possible>): string[] => {
    const held = new Map(rows.map(({ key, value }) => [key, value]));
    return [...expected]
      .filter(([key, possible]) => !possible.has(held.get(key) ?? ABSENT))
      .map(([key, possible]) => `${key}: ${held.get(key)} and not one of ${[...possible].join(', ')}`);
  };

  it('had every fault of the list', () => {
    console.log(`      seed ${SEED}: ${JSON.stringify(counted)}; ${JSON.stringify(Object.fromEntries(proxy.happened))}`);
    const rare = Object.entries(FAULTS).filter(([, { per1000 }]) => per1000 * OPERATIONS < 10_000);
    const missing = Object.keys(FAULTS).filter((name) => !proxy.happened.has(name as never));
    expect(missing.filter((name) => !rare.some(([each]) => each === name))).to.deep.equal([]);
    expect(counted.acknowledged).to.be.above(OPERATIONS / 2);
  });

  it('lost nothing that was acknowledged, and left nothing that was said to have failed', async () => {
    const all = await stored();
    const found = all.brands.map(({ name, page_title }) => ({ key: name, value: page_title }));
    expect(heldAs(found, brands)).to.deep.equal([]);
    const people = all.customers.map(({ email, first_name }) => ({ key: email, value: first_name }));
    expect(heldAs(people, customers)).to.deep.equal([]);
  });

  it('created nothing twice: no POST of a record arrived more than once', async () => {
    const arrived = store.requests
      .filter(({ method }) => method === 'POST')
      .flatMap(({ body }) => (Array.isArray(body) ? body : [body]) as { name?: string; email?: string }[])
      .map(({ name, email }) => name ?? email);
    expect(arrived).to.have.length(new Set(arrived).size);
    const all = await stored();
    expect(all.brands.every(({ name }) => brands.has(name))).to.equal(true);
    expect(new Set(all.brands.map(({ name }) => name)).size).to.equal(all.brands.length);
    expect(new Set(all.customers.map(({ email }) => email)).size).to.equal(all.customers.length);
  });
});
