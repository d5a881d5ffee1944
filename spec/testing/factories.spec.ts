import { type Model, type ModelClass, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

const MODELS: readonly ModelClass<Model>[] = [...Object.values(v2), ...Object.values(v3)];
const CREATABLE = MODELS.filter(({ resource }) => resource.operations.includes('create'));

describe('store.create and store.build', () => {
  for (const seed of ['demo', 'empty'] as const)
    describe(`on the ${seed} store`, () => {
      let store: Sandbox;
      let session: Session;

      before(async () => {
        store = await Sandbox.start({ seed, port: false });
        session = Session.configure({ ...store.credentials, retry: false });
      });
      beforeEach(() => store.reset());
      after(async () => {
        await session.close();
        await store.stop();
      });

      it('are valid by themselves, for every model that can be created', async () => {
        const wrong: string[] = [];
        for (const model of CREATABLE) {
          const { version, name } = model.resource;
          for (const times of [1, 2]) {
            await store.build(model).save().catch((error: Error) => wrong.push(`build ${version} ${name} ${times}: ${error.message}`));
            try {
              const record = store.create(model);
              if (record.isNew || record.isDirty) wrong.push(`create ${version} ${name}: not as saved`);
            } catch (error) {
              wrong.push(`create ${version} ${name} ${times}: ${String(error)}`);
            }
          }
          store.reset();
        }
        expect(wrong.join('\n')).to.equal('');
      });
    });
});
