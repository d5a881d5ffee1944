import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { allFamilies } from '../../lib/sandbox/families/family.js';
import { FAMILIES } from '../../lib/sandbox/families/index.js';

describe('rules of the sandbox', () => {
  it('are in one file for each resource', () => {
    const carts = { 'v3 /carts': {} };
    expect(allFamilies(carts, { 'v2 /carts': {} })).to.have.all.keys('v3 /carts', 'v2 /carts');
    expect(() => allFamilies(carts, { 'v3 /orders': {} }, { ...carts })).to.throw('Two files have rules of v3 /carts.');
  });

  it('are of resources that there are', () => {
    const declared = [...Object.values(v2), ...Object.values(v3)].flatMap((each: object) =>
      'resource' in each ? [each.resource as { readonly version: string; readonly path: string }] : [],
    );
    const known = new Set(declared.map(({ version, path }) => `${version} ${path}`));
    expect(known.size).to.be.greaterThan(150);
    expect(Object.keys(FAMILIES)).to.have.length.greaterThan(150);
    expect(Object.keys(FAMILIES).filter((name) => !known.has(name))).to.deep.equal([]);
  });
});
