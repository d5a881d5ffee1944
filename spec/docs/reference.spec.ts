import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModelClass, ResourceDeclaration } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { ROOT } from '../support/run.js';

interface Requests {
  requestsOf(resource: ResourceDeclaration): { calls: string; method: string; path: string }[];
  filtersOf(resource: ResourceDeclaration): { name: string; operators: string[]; isPlain: boolean }[];
}

describe('the reference of the models', () => {
  let requests: Requests;
  const models: ModelClass[] = [...Object.values(v2), ...Object.values(v3)];

  before(async () => {
    requests = await import(pathToFileURL(join(ROOT, 'scripts/reference/requests.js')).href);
  });

  it('names for each list the request that a query sends', () => {
    let count = 0;
    for (const model of models) {
      const { resource } = model;
      if (!resource.operations.includes('list') || resource.addressing === 'single' || resource.path.includes(':')) continue;
      const { method, version, path } = model.where({}).toRequest();
      const paths = requests.requestsOf(resource).map((each) => `${each.method} ${each.path}`);
      expect(paths, resource.name).to.include(`${method} /${version}${path}`);
      count++;
    }
    expect(count).to.be.above(70);
  });

  it('has a request for every operation, each once, and every filter with its operators', () => {
    for (const { resource } of models) {
      const found = requests.requestsOf(resource).map(({ method, path }) => `${method} ${path}`);
      expect(new Set(found).size, resource.name).to.equal(found.length);
      const methods = found.map((each) => each.split(' ')[0]);
      if (resource.operations.includes('update') && resource.through === undefined) expect(methods, resource.name).to.include('PUT');
      const filters = requests.filtersOf(resource).reduce((sum, { operators, isPlain }) => sum + operators.length + Number(isPlain), 0);
      expect(filters, resource.name).to.equal(Object.keys(resource.filters ?? {}).length);
    }
    const named = requests.filtersOf(v2.Order.resource).find(({ name }) => name === 'id');
    expect(named?.operators).to.deep.equal(['min', 'max']);
  });
});
