import { join } from 'node:path';
import { expect } from 'chai';
import { type Corruption, KINDS, type Pair, random } from './api-check-corruptions.js';
import { apiCheck, type DeclaredModel, type DescribedOperation, type Difference, declaredModels } from './api-check-tools.js';
import { FACTS, hasFacts } from './facts.js';

const SEEDS = [1, 2, 3, 4, 5];

(hasFacts ? describe : describe.skip)('a corrupted declaration is reported', function () {
  this.timeout(120_000);
  let tools: Awaited<ReturnType<typeof apiCheck>>;
  let described: DescribedOperation[];
  let models: DeclaredModel[];
  let known: Set<string>;
  let pairs: Map<DeclaredModel, Pair[]>;

  before(async () => {
    tools = await apiCheck();
    described = tools.readDescriptions(join(FACTS, 'openapi'));
    models = await declaredModels();
    known = new Set(tools.compareAll(described, models).map(keyOf));
    pairs = pairsOf();
  });

  it('all descriptions and models are read', () => {
    expect(described).to.have.length(649);
    expect(models.length).to.be.greaterThan(180);
  });

  for (const [kind, candidatesOf] of Object.entries(KINDS))
    for (const seed of SEEDS)
      it(`${kind}, seed ${seed}`, () => {
        const candidates = models.flatMap((model) =>
          candidatesOf(model, pairs.get(model) ?? []).map((corruption) => ({ model, corruption })),
        );
        const chosen = candidates[Math.floor(random(seed)() * candidates.length)];
        if (chosen === undefined) throw new Error('nothing to corrupt');
        const { model, corruption } = chosen;
        const found = newDifferences(models.indexOf(model), corruption);
        const expected = found.filter((each) => isOf(each, model, corruption));
        const what = `${model.version} ${model.name}: ${corruption.what}. Reported: ${JSON.stringify(found)}`;
        expect(expected, what).to.not.be.empty;
      });

  /** What is reported of the corrupted declarations and was not before. */
  function newDifferences(at: number, corruption: Corruption): Difference[] {
    const copies = structuredClone(models);
    const copy = copies[at];
    if (copy !== undefined) corruption.apply(copy);
    return tools.compareAll(described, copies).filter((each) => !known.has(keyOf(each)));
  }

  function isOf({ kind, field, operation, by }: Difference, model: DeclaredModel, corruption: Corruption): boolean {
    if (!corruption.kinds.includes(kind)) return false;
    if (corruption.operation !== undefined) return operation === corruption.operation;
    return by === model.name && field.endsWith(corruption.field);
  }

  /** The descriptions of the operations that one model alone declares. */
  function pairsOf(): Map<DeclaredModel, Pair[]> {
    const descriptions = new Map(described.map((each) => [each.id, each]));
    const all = models.flatMap((model) => tools.operationsOf(model, models));
    const owners = new Map<string, Set<DeclaredModel>>();
    for (const { id, owner } of all) owners.set(id, (owners.get(id) ?? new Set()).add(owner));
    const found = all.flatMap((declared): Pair[] => {
      const description = descriptions.get(declared.id);
      const isShared = (owners.get(declared.id)?.size ?? 0) > 1;
      return description === undefined || isShared || declared.role === 'action' ? [] : [{ declared, described: description }];
    });
    return new Map(models.map((model) => [model, found.filter(({ declared }) => declared.owner === model)]));
  }
});

const keyOf = ({ operation, field, kind, described, declared, by }: Difference): string =>
  [operation, field, kind, described, declared, by].join(' | ');
