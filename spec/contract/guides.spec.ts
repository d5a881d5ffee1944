import { expect } from 'chai';
import { apiCheck } from './api-check-tools.js';
import { documentedStore } from './guides/exchange.js';
import { judge } from './guides/judge.js';
import { type Route, routeOf } from './guides/models.js';
import { nameOf, readSamples } from './guides/samples.js';

describe('the worked requests and responses of the guides', function () {
  this.timeout(120_000);

  it('are sent and read as documented', async () => {
    const { readModels, operationsOf } = await apiCheck();
    const models = await readModels();
    const routes = models.flatMap((model) => operationsOf(model, models)) as Route[];
    const store = await documentedStore();
    for (const sample of readSamples()) {
      const route = routeOf(sample, routes);
      if (route === undefined) { console.log('NOROUTE', nameOf(sample)); continue; }
      try {
      const v = await judge(sample, route, store);
      if (v.notSent) console.log('NOTSENT', route.model, route.role, nameOf(sample), '::', v.notSent.slice(0, 300));
      if (v.misread.length) console.log('MISREAD', route.model, route.role, nameOf(sample), '::', v.misread.join(' ; '));
      if (v.bodyMisfits.length) console.log('BODY', route.model, route.role, nameOf(sample), '::', v.bodyMisfits.join(' ; '));
      if (!v.notSent && !v.misread.length) console.log('OK', v.untyped);
      } catch (e) { console.log('THROW', nameOf(sample), e); }
    }
    await store.close();
    expect(1).to.equal(1);
  });
});
