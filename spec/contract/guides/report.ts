import { covers, EXPLANATIONS, type Explanation, type Part } from './explanations.js';
import { nameOf, type Sample } from './samples.js';

/** What came of a part of a sample. */
export interface Finding {
  readonly sample: Sample;
  readonly part: Part;
  /** What is wrong; undefined: nothing. */
  readonly problem: string | undefined;
}

export interface Counts {
  readonly total: number;
  readonly right: number;
  readonly explained: number;
  readonly failed: string[];
}

/** Sorts the findings of a part into right, explained and failed. */
export function countsOf(findings: readonly Finding[], part: Part): Counts {
  const own = findings.filter((each) => each.part === part);
  const wrong = own.filter(({ problem }) => problem !== undefined);
  const explained = wrong.filter((each) => explanationsOf(each).length > 0);
  return {
    total: own.length,
    right: own.length - wrong.length,
    explained: explained.length,
    failed: wrong.filter((each) => explanationsOf(each).length === 0).map(lineOf),
  };
}

/** Explanations that no finding needs. */
export const staleOf = (findings: readonly Finding[], echoes: ReadonlySet<Explanation>): Explanation[] =>
  EXPLANATIONS.filter((each) =>
    each.kind === 'read-only'
      ? !echoes.has(each)
      : !findings.some(({ sample, part, problem }) => problem !== undefined && covers(each, sample, part)),
  );

const explanationsOf = ({ sample, part }: Finding): Explanation[] =>
  EXPLANATIONS.filter((each) => each.kind !== 'read-only' && covers(each, sample, part));

const lineOf = ({ sample, problem }: Finding): string => `${nameOf(sample)}: ${problem}`;
