import type { JobProgress, JobReport } from '../../jobs/index.js';
import { holding, sharedClient } from '../../jobs/queue/connection.js';
import { Run } from '../../jobs/queue/run.js';
import { listRuns, type RunStore } from '../../jobs/queue/run-store.js';
import { counted } from '../quantities.js';
import { tableOf } from '../table.js';
import type { Terminal } from '../terminal.js';
import { FailedError, UsageError } from '../usage-error.js';
import { redisUrl } from './redis-url.js';

/** What `bigrecord jobs` does. */
export type RunAction = 'list' | 'show' | 'pause' | 'resume' | 'cancel' | 'retry' | 'revert' | 'failures';

/** The options of `bigrecord jobs`. */
export interface RunsOptions {
  readonly redis?: string;
  readonly prefix?: string;
  readonly follow?: boolean;
  readonly json?: boolean;
}

interface Asked {
  readonly run: Run;
  readonly options: RunsOptions;
  readonly terminal: Terminal;
}

const ACTIONS: Readonly<Record<Exclude<RunAction, 'list'>, (asked: Asked) => Promise<void>>> = {
  show,
  failures,
  pause: ({ run, ...rest }) => run.pause().then(() => show({ run, ...rest })),
  resume: ({ run, ...rest }) => run.resume().then(() => show({ run, ...rest })),
  cancel: ({ run, ...rest }) => run.cancel().then(() => show({ run, ...rest })),
  retry: ({ run, ...rest }) => run.retry().then(() => show({ run, ...rest })),
  revert,
};

/** Lists runs, or does something with one. */
export async function runJobs(action: string, id: string | undefined, options: RunsOptions, terminal: Terminal): Promise<void> {
  const client = sharedClient(redisUrl(options.redis));
  try {
    const runs = await holding(() => listRuns(client));
    if (action === 'list') return await holding(() => list(runs, options, terminal));
    const act = Object.entries(ACTIONS).find(([name]) => name === action)?.[1];
    if (act === undefined) throw new UsageError(`\`jobs\` has no action ${action}: give list, ${Object.keys(ACTIONS).join(', ')}.`);
    if (id === undefined) throw new UsageError(`Which run? \`npx bigrecord jobs ${action} <id>\`; \`npx bigrecord jobs\` lists them.`);
    const run = await holding(() => find(runs, id, options));
    await act({ run, options, terminal });
  } finally {
    client.disconnect();
  }
}

async function find(runs: readonly RunStore[], id: string, { redis, prefix }: RunsOptions): Promise<Run> {
  const facts = await Promise.all(runs.map(async (store) => ({ tag: store.keys.tag, ...(await store.facts()) })));
  const named = facts.filter((each) => each.id === id || each.tag === id);
  const [found, another] = named;
  if (found === undefined) throw new UsageError(`There is no run ${id}: \`npx bigrecord jobs\` lists them.`);
  if (another !== undefined) throw new UsageError(`Several runs have the id ${id}: give one of ${named.map(({ tag }) => tag).join(', ')}.`);
  return new Run({ name: found.job, version: found.version }, found.id, { connection: redisUrl(redis), prefix });
}

async function list(runs: readonly RunStore[], { json }: RunsOptions, terminal: Terminal): Promise<void> {
  const all = await Promise.all(runs.map(async (store) => ({ facts: await store.facts(), report: await store.report() })));
  if (json) {
    for (const { facts, report } of all)
      terminal.print(JSON.stringify({ job: facts.job, version: facts.version, ...plain(report), createdAt: new Date(facts.createdAt) }));
    return;
  }
  if (all.length === 0) return terminal.print('There are no runs.');
  const rows = all.map(({ facts, report }) => [
    facts.id,
    `${facts.job}@${facts.version}`,
    report.state,
    `${report.done}/${report.total ?? '?'}`,
    `${report.failed} failed`,
    counted(report.stores.length, 'store'),
    new Date(facts.createdAt).toISOString().slice(0, 16).replace('T', ' '),
  ]);
  for (const line of tableOf(rows, terminal.columns)) terminal.print(line);
}

async function show({ run, options, terminal }: Asked): Promise<void> {
  let last: JobReport = await run.report();
  if (options.follow)
    for await (const progress of run) {
      last = progress;
      terminal.print(options.json ? JSON.stringify(plain(progress)) : lineOf(progress));
    }
  const isPrinted = options.follow === true && options.json === true;
  if (!isPrinted) print(last, options, terminal);
  assertNotFailed(last);
}

async function revert({ run, options, terminal }: Asked): Promise<void> {
  const report = await run.revert();
  print(report, options, terminal);
  assertNotFailed(report);
}

function assertNotFailed({ id, state }: JobReport): void {
  if (state === 'failed') throw new FailedError(`The run ${id} has failed.`);
}

function print(report: JobReport, { json }: RunsOptions, terminal: Terminal): void {
  if (json) {
    terminal.print(JSON.stringify(plain(report)));
    return;
  }
  const { id, state, done, total, failed, repeated, requests } = report;
  terminal.print(`${id}: ${state}, ${done} of ${total ?? '?'} rows, ${failed} failed, ${repeated} repeated, ${requests} requests`);
  const rows = report.stores.map((each) => [
    each.store,
    each.state,
    `${each.done}/${each.total ?? '?'}`,
    `${each.failed} failed`,
    each.error ?? '',
  ]);
  for (const line of tableOf(rows, terminal.columns)) terminal.print(line);
}

async function failures({ run, options, terminal }: Asked): Promise<void> {
  for await (const failure of run.failures()) {
    const { store, key, stage, message } = failure;
    terminal.print(options.json ? JSON.stringify(failure) : `${store}  ${key}  ${stage}  ${message}`);
  }
}

function lineOf({ done, total, failed, rate, leftMs }: JobProgress): string {
  const left = leftMs === undefined ? '' : `, ${Math.ceil(leftMs / 1000)} s left`;
  return `${done} of ${total ?? '?'} rows, ${failed} failed, ${Math.round(rate)} rows/s${left}`;
}

/** A report without what is of the inside. */
const plain = (report: JobReport): object => Object.fromEntries(Object.entries(report).filter(([name]) => name !== 'isWriting'));
