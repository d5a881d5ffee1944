import { Attribute, BigRecordError, Model, Resource } from 'bigrecord';
import { expect } from 'chai';
import { Transform } from 'class-transformer';
import { rejection } from '../support/rejection.js';
import { sent, useStore } from '../support/store.js';

/** As the docs have it: it knows lists and their text, and throws at all else. */
const LIST = { read: (text: string) => text.split(','), write: (list: string[]) => list.join(',') };

@Resource('/tagged', { version: 'v3', batch: { create: 10 } })
class Tagged extends Model<Tagged> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @Attribute({ cast: LIST as never }) tags!: string[];
  @Transform(({ value }) => (value as string).split('|'), { toClassOnly: true })
  @Transform(({ value }) => (value as string[]).join('|'), { toPlainOnly: true })
  @Attribute()
  parts!: string[];
}

describe('a cast of the program', () => {
  const context = useStore();
  /** What the store makes of the rows that are sent to it. */
  const answer = (change: (row: Record<string, unknown>, at: number) => object): void => {
    let id = 0;
    context.session.use(async ({ body }) => {
      const isList = Array.isArray(body);
      const rows = (isList ? body : [body ?? {}]).map((row: object, at) => ({ id: ++id, ...row, ...change(row as never, at) }));
      return { status: 200, headers: {}, body: { data: isList ? rows : rows[0], meta: {} } };
    });
  };

  it('need not know `undefined`: a new record is saved by it', async () => {
    answer(() => ({}));
    const record = new Tagged({ name: 'a', tags: ['x', 'y'], parts: ['p', 'q'] });
    expect(record.changes).to.deep.equal({ name: [undefined, 'a'], tags: [undefined, ['x', 'y']], parts: [undefined, ['p', 'q']] });
    await record.save();
    expect([record.tags, record.parts, record.isDirty]).to.deep.equal([['x', 'y'], ['p', 'q'], false]);
    expect(record.previousChanges['tags']).to.deep.equal([undefined, ['x', 'y']]);
  });

  it('makes a record of a copy of one, and of its JSON', () => {
    const record = Tagged.load({ id: 1, tags: 'a,b', parts: 'c|d' });
    for (const copy of [{ ...record }, structuredClone(record), JSON.parse(JSON.stringify(record)) as object, record]) {
      const made = Tagged.load(copy);
      expect([made.tags, made.parts, made.isDirty]).to.deep.equal([['a', 'b'], ['c', 'd'], false]);
    }
  });

  it('that throws at an answer leaves a record that is saved: it is not created again', async () => {
    answer(() => ({ tags: null }));
    const record = new Tagged({ name: 'a', tags: ['x'] });
    const error = await rejection(record.save(), BigRecordError);
    expect(error.message).to.contain('Tagged.tags').and.contain('null');
    expect([record.isNew, record.id, record.tags, record.isDirty]).to.deep.equal([false, 1, null, false]);
    record.tags = ['y'];
    expect(record.changes).to.deep.equal({ tags: [null, ['y']] });
    expect(record.restore().tags).to.equal(null);
  });

  it('that throws in one record of a batch says nothing of the others', async () => {
    answer((_row, at) => (at === 1 ? { tags: 5 } : {}));
    const records = ['a', 'b', 'c'].map((name) => new Tagged({ name }));
    const { succeeded, failed } = await Tagged.createMany(records);
    expect([succeeded.length, failed.map(({ error }) => error.message.slice(0, 11))]).to.deep.equal([2, ['Tagged.tags']]);
    expect(records.map(({ id, isNew }) => [id, isNew])).to.deep.equal([
      [1, false],
      [2, false],
      [3, false],
    ]);
  });

  it('that throws when a record is read again leaves it what it was', async () => {
    answer(() => ({ name: 'new', tags: 5 }));
    const record = Tagged.load({ id: 1, name: 'a', tags: 'a,b' });
    record.name = 'mine';
    await rejection(record.reload(), BigRecordError);
    expect({ ...record }).to.deep.equal({ id: 1, name: 'mine', tags: ['a', 'b'] });
    expect(record.changes).to.deep.equal({ name: ['a', 'mine'] });
  });

  it('that throws at what the program has set is told by save(), never by printing', async () => {
    const record = Tagged.load({ id: 1, tags: 'a,b' });
    (record as { tags: unknown }).tags = 'no list';
    expect(record.changed).to.deep.equal(['tags']);
    expect(JSON.stringify(record)).to.equal('{"id":1,"tags":"no list"}');
    expect(record.toObject()).to.deep.equal({ id: 1, tags: 'no list' });
    expect((await rejection(record.save(), BigRecordError)).message)
      .to.contain('Tagged.tags')
      .and.contain('"no list"');
    expect(sent(context.store)).to.deep.equal([]);
    expect(record.restore().tags).to.deep.equal(['a', 'b']);
  });
});
