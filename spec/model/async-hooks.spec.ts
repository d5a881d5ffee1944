import {
  AfterCreate,
  AfterDestroy,
  AfterLoad,
  AfterSave,
  Attribute,
  BeforeDestroy,
  BeforeSave,
  type Key,
  Model,
  Resource,
} from 'bigrecord';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

const later = (): Promise<never> => new Promise((_, reject) => setTimeout(() => reject(new Error('hook')), 2));

@Resource('/widgets', { version: 'v3', filters: { id: Number, 'id:in': Number } })
class Widget extends Model<Widget> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  static failing = '';

  #fail(moment: string): Promise<never> | undefined {
    return Widget.failing === moment ? later() : undefined;
  }
  @AfterLoad() afterLoad() {
    return this.#fail('afterLoad');
  }
  @BeforeSave() beforeSave() {
    return this.#fail('beforeSave');
  }
  @AfterSave() afterSave() {
    return this.#fail('afterSave');
  }
  @AfterCreate() afterCreate() {
    return this.#fail('afterCreate');
  }
  @BeforeDestroy() beforeDestroy() {
    return this.#fail('beforeDestroy');
  }
  @AfterDestroy() afterDestroy() {
    return this.#fail('afterDestroy');
  }
}

describe('a hook that rejects later', () => {
  let server: Listening;
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

  beforeEach(async () => {
    unhandled.length = 0;
    process.on('unhandledRejection', onUnhandled);
    server = await serve((request, response) => {
      const row = (id: number) => ({ id, name: 'A' });
      if (request.method === 'DELETE') response.writeHead(204).end();
      else
        json(response, {
          data:
            request.method === 'GET' && !/widgets\/\d/.test(request.url ?? '') ? [row(1), row(2)] : row(Number(request.url?.at(-1)) || 1),
        });
    });
  });
  afterEach(async () => {
    Widget.failing = '';
    await new Promise((resolve) => setTimeout(resolve, 15));
    process.off('unhandledRejection', onUnhandled);
    await server.close();
    expect(unhandled).to.deep.equal([]);
  });

  const Widgets = () => Widget.using(server.session());
  const loaded = (key: Key = 1): Widget => Widgets().load({ id: key as number, name: 'A' });

  const READS: Readonly<Record<string, () => PromiseLike<unknown>>> = {
    'find(1)': () => Widgets().find(1),
    'find([1, 2])': () => Widgets().find([1, 2]),
    'all()': () => Widgets().all(),
    'an awaited query': () => Widgets().where({ id: 1 }),
    'first()': () => Widgets().first(),
    'page(1)': () => Widgets().where({ id: 1 }).page(1),
    iteration: async () => {
      for await (const _ of Widgets().where({ id: 1 }));
    },
    'reload()': () => loaded().reload(),
  };
  for (const [name, read] of Object.entries(READS))
    it(`@AfterLoad rejects ${name}`, async () => {
      Widget.failing = 'afterLoad';
      expect((await rejection(read())).message).to.equal('hook');
    });

  it('@AfterLoad of load() rejects the first save, and nothing by itself', async () => {
    Widget.failing = 'afterLoad';
    const widget = loaded();
    widget.name = 'B';
    expect((await rejection(widget.save())).message).to.equal('hook');
    const other = loaded();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(other.name).to.equal('A');
  });

  for (const moment of ['beforeSave', 'afterSave', 'afterCreate'] as const)
    it(`@${moment} rejects create()`, async () => {
      Widget.failing = moment;
      expect((await rejection(Widgets().create({ name: 'A' }))).message).to.match(/hook$/);
      expect(server.requests).to.have.length(moment === 'beforeSave' ? 0 : 1);
    });

  for (const moment of ['beforeDestroy', 'afterDestroy'] as const)
    it(`@${moment} rejects destroy()`, async () => {
      Widget.failing = moment;
      expect((await rejection(loaded().destroy())).message).to.match(/hook$/);
      expect(server.requests).to.have.length(moment === 'beforeDestroy' ? 0 : 1);
    });

  it('is the failure of its record in a bulk write, and the others are saved', async () => {
    const widgets = [1, 2].map((id) => Object.assign(loaded(id), { name: 'B' }));
    Widget.failing = 'afterSave';
    const { failed } = await Widgets().saveMany(widgets);
    expect(failed.map(({ error }) => /hook$/.test(error.message))).to.deep.equal([true, true]);
    expect(server.requests).to.have.length(2);
  });
});
