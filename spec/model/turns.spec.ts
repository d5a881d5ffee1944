import {
  AfterCreate,
  AfterDestroy,
  AfterHookError,
  AfterLoad,
  AfterSave,
  Attribute,
  BeforeDestroy,
  BeforeSave,
  BigRecordError,
  DeadlockError,
  HasMany,
  Model,
  Resource,
  Validate,
} from 'bigrecord';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { models, sent, useStore } from '../support/store.js';

type Work = (record: Knot) => unknown;
const HOOKS = new Map<string, Work>();
const run = (hook: string, record: Knot): unknown => HOOKS.get(hook)?.(record);

@Resource('/knots', { version: 'v3' })
class Knot extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @Validate<string, Knot>(async (_, knot) => void (await run('validate', knot)))
  @Attribute()
  size!: string;
  @HasMany(() => Thread) threads!: HasMany<Thread>;

  @BeforeSave() beforeSave(): unknown {
    return run('beforeSave', this);
  }
  @AfterSave() afterSave(): unknown {
    return run('afterSave', this);
  }
  @AfterCreate() afterCreate(): unknown {
    return run('afterCreate', this);
  }
  @BeforeDestroy() beforeDestroy(): unknown {
    return run('beforeDestroy', this);
  }
  @AfterDestroy() afterDestroy(): unknown {
    return run('afterDestroy', this);
  }
  @AfterLoad() afterLoad(): unknown {
    return run('afterLoad', this);
  }
}

@Resource('/knots/:knot_id/threads', { version: 'v3' })
class Thread extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() colour!: string;
  static onCreate: (() => unknown) | undefined;

  @AfterCreate() afterCreate(): unknown {
    return Thread.onCreate?.();
  }
}

@Resource()
class TiedProduct extends v3.Product {
  static other: TiedProduct | undefined;

  @BeforeSave() async saveOther(): Promise<void> {
    if (this !== TiedProduct.other) await TiedProduct.other?.save();
  }
}

describe('operations of a record inside its own hooks', () => {
  const context = useStore({ models: models(Knot, Thread) });
  afterEach(() => {
    HOOKS.clear();
    Thread.onCreate = undefined;
  });

  const OPERATIONS: Record<string, Work> = {
    save: (record) => record.save(),
    update: (record) => record.update({ name: 'again' }),
    reload: (record) => record.reload(),
    destroy: (record) => record.destroy(),
    saveMany: (record) => Knot.saveMany([record]),
    'saveMany of a stream': (record) =>
      Knot.saveMany(
        (async function* () {
          yield record;
        })(),
      ),
    'saveMany, iterated': async (record) => {
      for await (const _ of Knot.saveMany([record]));
    },
    destroyMany: (record) => Knot.destroyMany([record]),
    saveAll: (record) => record.session.saveAll([record]),
  };

  for (const [name, operation] of Object.entries(OPERATIONS)) {
    it(`${name} throws at once in every hook and check, and explains`, async () => {
      for (const hook of ['beforeSave', 'afterSave', 'validate', 'afterCreate']) {
        let thrown: unknown;
        HOOKS.set(hook, async (record) => {
          HOOKS.delete(hook);
          await Promise.resolve(operation(record)).catch((error: unknown) => (thrown = error));
        });
        await new Knot({ name: 'a', size: 'm' }).save();
        expect(thrown, hook).to.be.instanceOf(DeadlockError).and.instanceOf(BigRecordError);
        expect((thrown as Error).message, hook).to.match(/hook.*same Knot.*would ever end/s);
      }
      for (const hook of ['beforeDestroy', 'afterDestroy']) {
        let thrown: unknown;
        HOOKS.set(hook, async (record) => {
          HOOKS.delete(hook);
          await Promise.resolve(operation(record)).catch((error: unknown) => (thrown = error));
        });
        const knot = await Knot.create({ name: 'a' });
        await knot.destroy();
        expect(thrown, hook).to.be.instanceOf(DeadlockError);
      }
    });
  }

  it('reject the operation that runs the hook, which then sends nothing', async () => {
    HOOKS.set('beforeSave', (record) => record.save());
    await rejection(new Knot({ name: 'a' }).save(), DeadlockError);
    const { failed } = await Knot.saveMany([new Knot({ name: 'b' })]);
    expect(failed[0]?.error).to.be.instanceOf(DeadlockError);
    expect(sent(context.store)).to.deep.equal([]);
    HOOKS.clear();
    HOOKS.set('afterSave', (record) => record.save());
    const error = await rejection(new Knot({ name: 'a' }).save(), AfterHookError);
    expect(error.cause).to.be.instanceOf(DeadlockError);
  });

  it('throw in a hook that others wait for after loading', async () => {
    const { id } = await Knot.create({ name: 'a' });
    HOOKS.set('afterLoad', (record) => record.save());
    await rejection(Knot.find(id), DeadlockError);
  });

  it('throw where another record of the same bulk write waits, and where two wait for each other', async () => {
    const [a, b] = [new Knot({ name: 'a' }), new Knot({ name: 'b' })];
    HOOKS.set('beforeSave', (record) => (record === a ? b.save() : record === b ? a.save() : undefined));
    await rejection(a.save(), DeadlockError);
    const results = await Promise.allSettled([a.save(), b.save()]);
    expect(results.some(({ status }) => status === 'rejected')).to.equal(true);
    const { failed } = await context.session.saveAll([a, b]);
    expect(failed.length).to.be.greaterThan(0);
    // Both go in one request, so that neither can be saved before the other is ready.
    const [c, d] = await TiedProduct.find([1, 2]);
    TiedProduct.other = d;
    Object.assign(c as TiedProduct, { name: 'c' });
    Object.assign(d as TiedProduct, { name: 'd' });
    const tied = await TiedProduct.saveMany([c as TiedProduct, d as TiedProduct]);
    expect(tied.failed.map(({ record, error }) => [record.id, error.name])).to.deep.equal([[1, 'DeadlockError']]);
    expect(tied.succeeded.map(({ id }) => id)).to.deep.equal([2]);
  });

  it('throw where the hook of a child waits for its parent', async () => {
    const knot = new Knot({ name: 'a', threads: [{ colour: 'red' }] } as never);
    Thread.onCreate = () => knot.save();
    await rejection(knot.save(), AfterHookError);
    expect([knot.isNew, (await knot.threads)[0]?.isNew]).to.deep.equal([false, false]);
  });

  it('work for other records, and wait their turn where they come from outside', async () => {
    const log = new Knot({ name: 'log' });
    HOOKS.set('afterCreate', async (record) => {
      if (record === log) return;
      log.size = record.name;
      await log.save();
      await Knot.find(record.id);
    });
    const knot = new Knot({ name: 'a' });
    await knot.save();
    expect([log.isNew, log.size]).to.deep.equal([false, 'a']);
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    HOOKS.set('beforeSave', (record) => (record === knot && record.name === 'b' ? held : undefined));
    knot.name = 'b';
    const first = knot.save();
    await Promise.resolve();
    const others = [knot.update({ size: 'l' }), Knot.saveMany([knot]).then(() => knot)];
    release();
    await Promise.all([first, ...others]);
    expect(knot.isDirty).to.equal(false);
    expect((await Knot.find(knot.id)).size).to.equal('l');
  });

  it('work where the hook has ended', async () => {
    let later: Promise<unknown> | undefined;
    HOOKS.set('afterSave', (record) => {
      HOOKS.clear();
      later = new Promise((resolve, reject) => {
        setTimeout(() => record.update({ name: 'later' }).then(resolve, reject), 30);
      });
    });
    const knot = await Knot.create({ name: 'a' });
    await later;
    expect(knot.name).to.equal('later');
  });
});

describe('an after-hook that throws', () => {
  useStore({ models: models(Knot, Thread) });
  afterEach(() => HOOKS.clear());

  it('says that the record is saved, and hands it over', async () => {
    for (const fail of [
      () => {
        throw new TypeError('boom');
      },
      () => Promise.reject(new TypeError('boom')),
      () => Promise.reject('boom'),
    ]) {
      HOOKS.set('afterCreate', fail);
      const error = await rejection(Knot.create({ name: 'a' }), AfterHookError);
      const { id } = error.record as Knot;
      expect(error.message).to.equal(`Knot ${id} was created; then one of its afterCreate hooks threw: boom`);
      expect((await Knot.find(id)).name).to.equal('a');
      HOOKS.clear();
    }
    HOOKS.set('afterDestroy', () => Promise.reject(new TypeError('boom')));
    const knot = await Knot.create({ name: 'a' });
    const error = await rejection(knot.destroy(), AfterHookError);
    expect([error.hook, knot.isDestroyed, error.cause instanceof TypeError]).to.deep.equal(['afterDestroy', true, true]);
    expect(error.message).to.contain('was destroyed');
  });

  it('fails its record of a bulk write, which says so, and loses no other', async () => {
    HOOKS.set('afterSave', (record) => (record.name === 'b' ? Promise.reject(new Error('boom')) : undefined));
    const { succeeded, failed } = await Knot.createMany([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    expect(succeeded.map(({ name }) => name)).to.deep.equal(['a', 'c']);
    expect(failed[0]?.error).to.be.instanceOf(AfterHookError);
    expect(failed[0]?.record.isNew).to.equal(false);
  });

  it('leaves no rejection unheard where several run after loading', async () => {
    @Resource('/knots', { version: 'v3' })
    class Loud extends Model {
      @Attribute({ readOnly: true }) id!: number;
      @AfterLoad() async first(): Promise<void> {
        await Promise.reject(new Error('first'));
      }
      @AfterLoad() second(): void {
        throw new Error('second');
      }
    }
    const { id } = await Knot.create({ name: 'a' });
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    try {
      expect((await rejection(Loud.find(id))).message).to.equal('second');
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off('unhandledRejection', listen);
    }
    expect(unhandled).to.deep.equal([]);
  });
});
