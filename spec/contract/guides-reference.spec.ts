import { join } from 'node:path';
import { expect } from 'chai';
import { loadScripts } from './api-check-tools.js';
import { FACTS, hasFacts } from './facts.js';
import { documentedStore } from './guides/exchange.js';
import { judge } from './guides/judge.js';
import { routeOf } from './guides/models.js';
import { declaredRoutes } from './guides/routes.js';
import { nameOf, type Sample } from './guides/samples.js';

/**
 * The examples in the OpenAPI descriptions, if a copy lies next to the project. They are checked like the samples of the guides, but
 * many are made up or incomplete, so that no explanations are kept for them: the shares below must not fall. `GUIDES_LIST=1` lists all.
 */
(hasFacts ? describe : describe.skip)('the examples of the reference', function () {
  this.timeout(120_000);
  const problems: { part: 'request' | 'response'; name: string; problem: string | undefined }[] = [];

  before(async () => {
    const routes = await declaredRoutes();
    const { readReference } = await loadScripts<{ readReference(folder: string): Sample[] }>('guides/read-reference.js');
    const store = await documentedStore();
    try {
      for (const sample of readReference(join(FACTS, 'openapi'))) {
        const route = routeOf(sample, routes);
        // Uploads are forms, which examples do not show.
        if (route?.isForm) continue;
        const name = nameOf(sample);
        const { notSent, misread } =
          route === undefined ? { notSent: 'no model', misread: ['no model'] } : await judge(sample, route, store);
        problems.push({ part: 'request', name, problem: notSent });
        if (sample.response !== undefined)
          problems.push({ part: 'response', name, problem: misread.length === 0 ? undefined : misread.join('; ') });
      }
    } finally {
      await store.close();
    }
  });

  for (const [part, share] of [
    ['request', 0.85],
    ['response', 0.7],
  ] as const)
    it(`have a ${part} that the models make or read, most of them`, () => {
      const own = problems.filter((each) => each.part === part);
      const wrong = own.filter(({ problem }) => problem !== undefined);
      console.log(`${part}s of the reference: ${own.length - wrong.length} of ${own.length} as in the example`);
      if (process.env['GUIDES_LIST'] !== undefined) for (const { name, problem } of wrong) console.log(`  ${name}: ${problem}`);
      expect(1 - wrong.length / own.length).to.be.at.least(share);
    });
});
