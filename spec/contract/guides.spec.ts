import { expect } from 'chai';
import { withoutEchoes } from './guides/echoes.js';
import { documentedStore } from './guides/exchange.js';
import type { Explanation } from './guides/explanations.js';
import { judge } from './guides/judge.js';
import { type Route, routeOf } from './guides/models.js';
import { type Counts, countsOf, type Finding, staleOf } from './guides/report.js';
import { declaredRoutes } from './guides/routes.js';
import { readSamples, type Sample } from './guides/samples.js';

/**
 * The worked requests and responses of the guides (bigcommerce/docs), which scripts/guides extracts: what a user of the models would
 * write for each is run against a store that gives the documented response.
 */
describe('the worked requests and responses of the guides', function () {
  this.timeout(120_000);
  const samples = readSamples();
  const findings: Finding[] = [];
  const echoes = new Set<Explanation>();
  let echoing = 0;
  let untyped = 0;

  before(async () => {
    const routes = await declaredRoutes();
    const store = await documentedStore();
    try {
      for (const sample of samples) findings.push(...(await findingsOf(sample, routes, store)));
    } finally {
      await store.close();
    }
  });

  after(() => {
    for (const [part, what] of [
      ['request', 'requests sent as documented'],
      ['types', 'bodies that fit the types'],
      ['response', 'responses read with the right types'],
    ] as const)
      console.log(summaryOf(what, countsOf(findings, part)));
    console.log(`${echoing} bodies without read-only echoes; ${untyped} values of responses have no declared type`);
  });

  async function findingsOf(
    sample: Sample,
    routes: readonly Route[],
    store: Awaited<ReturnType<typeof documentedStore>>,
  ): Promise<Finding[]> {
    const route = routeOf(sample, routes);
    const responds = sample.response !== undefined;
    if (route === undefined) {
      const problem = 'no model has this operation';
      return [{ sample, part: 'request', problem }, ...(responds ? [{ sample, part: 'response', problem } as const] : [])];
    }
    const sent = withoutEchoes(sample, route, echoes);
    if (sent !== sample) echoing += 1;
    const verdict = await judge(sent, route, store);
    untyped += verdict.untyped;
    return [
      { sample, part: 'request', problem: verdict.notSent },
      ...(sample.body === undefined ? [] : [{ sample, part: 'types', problem: joined(verdict.bodyMisfits) } as const]),
      ...(responds ? [{ sample, part: 'response', problem: joined(verdict.misread) } as const] : []),
    ];
  }

  it('are more than 320 bodies and 265 responses', () => {
    expect(samples.filter(({ body }) => body !== undefined)).to.have.length.at.least(320);
    expect(samples.filter(({ response }) => response !== undefined)).to.have.length.at.least(265);
  });

  it('are sent as documented, or the difference is explained', () => demand(countsOf(findings, 'request')));

  it('have bodies that the types accept', () => demand(countsOf(findings, 'types')));

  it('have responses that land on the record with their declared types', () => demand(countsOf(findings, 'response')));

  it('need every explanation', () => {
    expect(staleOf(findings, echoes)).to.deep.equal([]);
  });

  function demand({ failed, right, explained, total }: Counts): void {
    expect(failed).to.deep.equal([]);
    expect((right + explained) / total).to.be.at.least(0.98);
    // Explanations are for guides that err, not for models that do.
    expect(explained / total).to.be.below(0.1);
  }
});

const joined = (problems: readonly string[]): string | undefined => (problems.length === 0 ? undefined : problems.join('; '));

const summaryOf = (what: string, { total, right, explained, failed }: Counts): string =>
  [`${what}: ${right} of ${total}, ${explained} explained, ${failed.length} failed`, ...failed.map((each) => `  failed: ${each}`)].join(
    '\n',
  );
