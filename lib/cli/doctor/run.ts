import { ConfigurationError } from '../../errors/configuration-error.js';
import { reasonOf } from '../../session/safe-call.js';
import { environmentWith, missingVariables } from '../store/environment.js';
import { type OpenStore, openStore, type StoreOptions } from '../store/open-store.js';
import { tableOf } from '../table.js';
import type { Colour, Terminal } from '../terminal.js';
import { FailedError } from '../usage-error.js';
import type { Check, CheckStatus } from './check.js';
import { localChecks } from './local-checks.js';
import { Probe } from './probe.js';
import { scopeChecks } from './scopes.js';
import { storeChecks, webhookChecks } from './store-checks.js';

/** The options of `bigrecord doctor`. */
export interface DoctorOptions extends StoreOptions {
  readonly json?: boolean;
}

interface Diagnosis {
  /** What was looked at; `undefined` if no store could be named. */
  readonly store: string | undefined;
  readonly checks: readonly Check[];
  readonly requests: number;
}

/** Runs `bigrecord doctor`. @throws FailedError if something is wrong */
export async function run(options: DoctorOptions, terminal: Terminal): Promise<void> {
  const diagnosis = await diagnose(options);
  const problems = diagnosis.checks.filter(({ status }) => status === 'problem').length;
  if (options.json === true) terminal.print(JSON.stringify({ ok: problems === 0, ...diagnosis }));
  else print(diagnosis, problems, terminal);
  if (problems > 0) throw new FailedError();
}

async function diagnose(options: DoctorOptions): Promise<Diagnosis> {
  const checks = localChecks();
  const { check, store } = await credentials(options);
  checks.push(check);
  if (store === undefined) return { store, checks, requests: 0 };
  const probe = new Probe(store.session);
  try {
    const reached = await storeChecks(probe);
    checks.push(...reached.checks);
    if (reached.isReached) checks.push(...(await webhookChecks(probe)), ...(await scopeChecks(probe)));
    return { store: store.name, checks, requests: probe.requests };
  } finally {
    await store.close({ abort: true });
  }
}

/** Opens the store. What is wrong with the credentials is a finding, not a wrong call. */
async function credentials(options: DoctorOptions): Promise<{ check: Check; store: OpenStore | undefined }> {
  const found = (message: string): Check => ({ name: 'credentials', status: 'problem', message });
  if (options.sandbox !== true) {
    const missing = missingVariables(environmentWith(options.dotenv));
    if (missing !== undefined) return { check: found(missing), store: undefined };
  }
  try {
    const store = await openStore(options, { circuitBreaker: false });
    const message = store.isSandbox ? 'those of the embedded store' : 'store hash and access token are there and well-formed';
    return { check: { name: 'credentials', status: 'ok', message }, store };
  } catch (error) {
    if (error instanceof ConfigurationError && options.sandbox !== true) return { check: found(reasonOf(error)), store: undefined };
    throw error;
  }
}

const COLOURS: Readonly<Record<CheckStatus, Colour>> = { ok: 'green', problem: 'red', note: 'yellow', unknown: 'dim' };

function print({ store, checks, requests }: Diagnosis, problems: number, { print, paint, columns }: Terminal): void {
  print(`${paint('bold', store ?? 'No store')}\n`);
  const rows = checks.map(({ name, status, message }) => [`  ${paint(COLOURS[status], status)}`, name, message]);
  for (const line of tableOf(rows, columns)) print(line);
  const found =
    problems === 0 ? paint('green', 'Nothing is wrong.') : paint('red', `${problems} ${problems === 1 ? 'problem' : 'problems'}.`);
  print(`\n${found} ${requests} ${requests === 1 ? 'request was' : 'requests were'} sent, none of them a write.`);
}
