import type { ModelClass } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

describe('the declarations of the ready models', () => {
  for (const [version, models] of Object.entries({ v2, v3 }))
    it(`are of every class that ${version} exports: none is abstract`, () => {
      const unusable = Object.entries(models).filter(([, exported]) => {
        try {
          return exported.resource.version !== version;
        } catch {
          return true;
        }
      });
      expect(unusable.map(([name]) => name)).to.deep.equal([]);
    });

  for (const [version, models] of Object.entries({ v2, v3 }))
    it(`give each attribute of ${version} a type, so that none depends on what a compiler emits`, () => {
      const untyped: string[] = [];
      for (const [name, model] of Object.entries(models as unknown as Record<string, ModelClass>)) {
        for (const attribute of Object.values(model.resource.attributes))
          if (attribute.type === 'unknown') untyped.push(`${name}.${attribute.name}`);
      }
      expect(untyped).to.deep.equal([]);
    });
});
