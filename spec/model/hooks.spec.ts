import {
  AfterCreate,
  AfterDestroy,
  AfterHookError,
  AfterLoad,
  AfterSave,
  AfterUpdate,
  Attribute,
  BeforeCreate,
  BeforeDestroy,
  BeforeSave,
  BeforeUpdate,
  Model,
  Resource,
  Validate,
  ValidationError,
} from 'bigrecord';
import { expect } from 'chai';
import { IsEmail, Length, validate } from 'class-validator';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

@Resource('/notes', { version: 'v3' })
class Note extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() text!: string;
  readonly log: string[] = [];
  fails = '';

  @BeforeSave() beforeSave(): void {
    this.#say('beforeSave');
  }
  @BeforeCreate() async beforeCreate(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    this.#say('beforeCreate');
  }
  @BeforeUpdate() beforeUpdate(): void {
    this.#say('beforeUpdate');
  }
  @AfterCreate() afterCreate(): void {
    this.#say('afterCreate');
  }
  @AfterUpdate() afterUpdate(): void {
    this.#say('afterUpdate');
  }
  @AfterSave() async afterSave(): Promise<void> {
    this.#say('afterSave');
  }
  @BeforeDestroy() beforeDestroy(): void {
    this.#say('beforeDestroy');
  }
  @AfterDestroy() afterDestroy(): void {
    this.#say('afterDestroy');
  }
  @AfterLoad() afterLoad(): void {
    this.#say('afterLoad');
  }

  #say(moment: string): void {
    this.log.push(`${moment}${this.id === undefined ? '' : ` ${this.id}`}`);
    if (this.fails === moment) throw new Error(`stopped by ${moment}`);
  }
}

@Resource()
class ShoutingNote extends Note {
  @BeforeSave() shout(): void {
    this.text = this.text.toUpperCase();
  }
  override beforeSave(): void {
    this.log.push('overridden');
  }
}

@Resource('/people', { version: 'v3' })
class Person extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Validate<string>((name) => (name === '' ? 'must not be empty' : undefined))
  @Validate<string, Person>((name, person) => (name === person.email ? 'must not be the email' : undefined))
  @Attribute()
  name!: string;
  @IsEmail() @Length(5, 40) @Attribute() email!: string;
  @Validate(async (age) => (Number(age) < 0 ? 'must not be negative' : null)) @Attribute() age!: number;
}

describe('hooks', () => {
  const context = useStore({ models: models(Note, Person) });

  it('run around create, update, destroy and load, in order, sync and async', async () => {
    const note = await Note.create({ text: 'a' });
    expect(note.log).to.deep.equal(['beforeSave', 'beforeCreate', 'afterCreate 1', 'afterSave 1']);
    note.log.length = 0;
    note.text = 'b';
    await note.save();
    await note.destroy();
    expect(note.log).to.deep.equal(['beforeSave 1', 'beforeUpdate 1', 'afterUpdate 1', 'afterSave 1', 'beforeDestroy 1', 'afterDestroy 1']);
    const other = await Note.create({ text: 'c' });
    expect((await Note.find(other.id)).log).to.deep.equal(['afterLoad 2']);
    expect((await Note.all())[0]?.log).to.deep.equal(['afterLoad 2']);
  });

  it('stop the operation before any request when a before-hook throws', async () => {
    const note = new Note({ text: 'a' });
    for (const moment of ['beforeSave', 'beforeCreate']) {
      note.fails = moment;
      expect((await rejection(note.save())).message).to.equal(`stopped by ${moment}`);
    }
    expect(sent(context.store)).to.deep.equal([]);
    note.fails = '';
    await note.save();
    note.fails = 'beforeDestroy';
    await rejection(note.destroy());
    expect(note.isDestroyed).to.equal(false);
    expect(sent(context.store)).to.have.length(1);
  });

  it('leave the record saved when an after-hook throws', async () => {
    const note = new Note({ text: 'a' });
    note.fails = 'afterCreate';
    await rejection(note.save());
    expect(note.isNew).to.equal(false);
    expect(note.isDirty).to.equal(false);
    expect(note.id).to.equal(1);
  });

  it('do not run after a failed save', async () => {
    const note = await Note.create({ text: 'a' });
    note.log.length = 0;
    note.text = 'b';
    context.store.fail({ status: 422, method: 'PUT' });
    await rejection(note.save(), ValidationError);
    expect(note.log).to.deep.equal(['beforeSave 1', 'beforeUpdate 1']);
  });

  it('are inherited, can be added to and overridden, and their changes are sent', async () => {
    const note = new ShoutingNote({ text: 'quiet' });
    expect(await sentBy(context.store, () => note.save())).to.deep.equal(['POST /v3/notes {"text":"QUIET"}']);
    expect(note.log).to.deep.equal(['overridden', 'beforeCreate', 'afterCreate 1', 'afterSave 1']);
  });
});

describe('checks of a model', () => {
  const context = useStore({ models: models(Note, Person) });

  it('stop a save before any request, with the messages on the record', async () => {
    const person = new Person({ name: '', email: 'none', age: -1 });
    const error = await rejection(person.save(), ValidationError);
    expect(error.status).to.equal(422);
    expect(error.errors['name']).to.deep.equal(['must not be empty']);
    expect(error.errors['age']).to.deep.equal(['must not be negative']);
    expect(error.errors['email']).to.have.length(2);
    expect(person.fieldErrors).to.deep.equal(error.errors);
    expect(error.message).to.contain('Nothing was sent');
    expect(sent(context.store)).to.deep.equal([]);
  });

  it('can be run by themselves, and agree with class-validator', async () => {
    const person = new Person({ name: 'Ann', email: 'ann@example.com', age: 3 });
    expect(await person.validate()).to.equal(person);
    expect(await validate(person)).to.deep.equal([]);
    await person.save();
    person.email = 'x';
    await rejection(person.validate(), ValidationError);
    await rejection(person.save(), ValidationError);
    person.name = person.email = 'ann@example.org';
    expect((await rejection(person.save(), ValidationError)).errors).to.deep.equal({ name: ['must not be the email'] });
  });
});

@Resource('/notes', { version: 'v3', batch: { create: 10 } })
class Careless extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() text!: string;

  @BeforeSave() rejectsWithNothing(): Promise<void> | undefined {
    return this.text === 'before' ? Promise.reject() : undefined;
  }
  @AfterSave() throwsWhatCannotBeShown(): void {
    if (this.text !== 'after') return;
    throw {
      toString(): string {
        throw new Error('cannot be shown');
      },
    };
  }
}

describe('a hook that throws what is no error', () => {
  const context = useStore({ models: models(Careless) });

  it('has failed all the same: nothing is sent, and no bulk write counts it as saved', async () => {
    expect(
      await Careless.create({ text: 'before' }).then(
        () => 'saved',
        () => 'failed',
      ),
    ).to.equal('failed');
    const { succeeded, failed } = await Careless.createMany([{ text: 'before' }, { text: 'fine' }]);
    expect(succeeded.map(({ text }) => text)).to.deep.equal(['fine']);
    expect(failed.map(({ record }) => record.text)).to.deep.equal(['before']);
    expect(failed[0]?.error).to.be.instanceOf(Error);
    expect(sent(context.store)).to.have.length(1);
  });

  it('leaves it said that the record is saved', async () => {
    const error = await rejection(Careless.create({ text: 'after' }), AfterHookError);
    expect(error.message).to.contain('Careless 1 was saved');
  });
});
