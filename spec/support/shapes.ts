// A process of its own, with the natives of V8: which records have their attributes in the object, and one hidden class for all?
import { Attribute, HasMany, Model, Resource, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';

const isFast = new Function('a', 'return %HasFastProperties(a)') as (a: object) => boolean;
const haveSameMap = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: object, b: object) => boolean;

type Row = Record<string, unknown>;
const wide = (id: number, more = 0): Row => {
  const row: Row = {
    id,
    name: `Product ${id}`,
    price: id % 2 ? id : id + 0.5,
    categories: [id],
    date_created: '2026-01-05T09:00:00Z',
    gone: null,
  };
  for (let at = 0; at < 50 + more; at++) row[`field_${at}`] = at % 3 ? at : `text ${at}`;
  return row;
};
const rows = Array.from({ length: 40 }, (_, at) => wide(at + 1));

function model(names: readonly string[]) {
  class Made extends Model {}
  for (const name of names) Attribute()(Made.prototype, name);
  return Resource('/made', { version: 'v3' })(Made);
}

const results: Record<string, { fast: boolean; one: boolean; own: number }> = {};
function note(what: string, records: readonly object[]): void {
  const [first = {}] = records;
  results[what] = {
    fast: records.every(isFast),
    one: records.every((record) => haveSameMap(record, first)),
    own: Math.max(...records.map((record) => Reflect.ownKeys(record).length)),
  };
}

const store = await Sandbox.start();
const session = Session.configure(store.credentials);
const listed = await Product.limit(20).all();
const changed = await Product.find(30);
changed.price = 3;
changed.categories.push(7);
await changed.save();
await changed.images;
note('records of a store, listed, found and saved', [...listed, changed, await Product.find(31)]);
await session.close();
await store.stop();

{
  const Made = model(['name']);
  for (let at = 0; at < 50; at++) new Made({ name: 'x' });
  note(
    '50 new ones first, then wide rows',
    rows.map((row) => Made.load(row)),
  );
}
{
  const Made = model(Object.keys(wide(1)));
  for (let at = 0; at < 50; at++) Made.load({ id: at, name: 'x' });
  note(
    '50 narrow rows first, then wide ones',
    rows.map((row) => Made.load(row)),
  );
}
{
  const Made = model(Object.keys(wide(1, 40)));
  for (let at = 0; at < 50; at++) Made.ref(at + 1);
  note(
    '50 handles first, then 96 names',
    rows.map(({ id }) => Made.load(wide(id as number, 40))),
  );
}
{
  class Secret extends Model {
    readonly #secret = 1;
    cache = 2;
    reveal(): number {
      return this.#secret;
    }
  }
  HasMany(() => Secret)(Secret.prototype, 'others');
  const Made = Resource('/made', { version: 'v3' })(Secret);
  note(
    'with #private and a field',
    rows.map((row) => Made.load({ ...row, others: [] })),
  );
}
{
  const Made = model(Object.keys(wide(1)));
  const records = rows.map((row) => Made.load(row));
  note('as loaded', records);
  for (const record of records) {
    const properties = record as unknown as Row;
    void [
      record.isDirty,
      record.changed,
      JSON.stringify(record),
      { ...record },
      structuredClone(record),
      record.toObject(),
      Object.values(record),
    ];
    for (const name in properties) void properties[name];
  }
  note('read, compared, copied and serialised', records);
  for (const record of records) Object.assign(record, { brand_new: 1, _seen: 2, $hash: 3 });
  note('with three more names', records);
  for (const record of records) record.restore();
}
console.log(JSON.stringify(results));
