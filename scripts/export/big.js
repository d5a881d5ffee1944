/**
 * `npm run test:export [rows]`: exports half a million rows from a sandbox, kills the command three times with SIGKILL, and proves that
 * every row is there once and that memory stays flat.
 */
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from 'bigrecord/sandbox';
import { Brand } from 'bigrecord/v3';

const ROWS = Number(process.argv[2] ?? 500_000);
const KILLS = 3;
const MEBIBYTE = 1024 * 1024;
const program = resolve(import.meta.dirname, '../../dist/cjs/cli.cjs');
const folder = mkdtempSync(join(tmpdir(), 'bigrecord-export-'));
const file = join(folder, 'brands.ndjson');

const store = await Sandbox.start({ seed: 'empty' });
store.insert(
  Brand,
  Array.from({ length: ROWS }, (_, at) => ({ id: at + 1, name: `Brand ${at + 1}`, page_title: `Page of brand ${at + 1}` })),
);
const { storeHash, accessToken, baseUrl } = store.credentials;
const env = { ...process.env, BIGCOMMERCE_STORE_HASH: storeHash, BIGCOMMERCE_ACCESS_TOKEN: accessToken, BIGCOMMERCE_API_URL: baseUrl };

/** Resident memory of a process, in MiB; `undefined` where there is no /proc, or no such process any more. */
function residentOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

const rowsIn = () => {
  try {
    return JSON.parse(readFileSync(`${file}.part.json`, 'utf8')).rows;
  } catch {
    return 0;
  }
};

/** Runs the command until it ends, or has exported so many rows. */
async function run(until) {
  const child = spawn(process.execPath, [program, 'export', 'v3.Brand', file], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((done) => child.once('close', done));
  const samples = [];
  let isOver = false;
  ended.then(() => (isOver = true));
  while (!isOver) {
    const rows = rowsIn();
    const resident = residentOf(child.pid);
    if (resident !== undefined && rows > 0) samples.push({ rows, resident });
    if (rows >= until) child.kill('SIGKILL');
    store.requests.length = 0;
    await Promise.race([ended, sleep(50)]);
  }
  return { code: await ended, samples };
}

const begun = performance.now();
const runs = [];
for (let kill = 1; kill <= KILLS; kill++) runs.push(await run((ROWS * kill) / (KILLS + 1)));
const last = await run(Number.POSITIVE_INFINITY);
runs.push(last);
const seconds = (performance.now() - begun) / 1000;
if (last.code !== 0 || !existsSync(file)) throw new Error(`The last run ended with ${last.code}.`);

let expected = 0;
for await (const line of createInterface({ input: createReadStream(file) })) {
  expected++;
  if (JSON.parse(line).id !== expected) throw new Error(`Line ${expected} has row ${JSON.parse(line).id}: a row is missing, or there twice.`);
}
if (expected !== ROWS) throw new Error(`The file has ${expected} rows, not ${ROWS}.`);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
console.log(`${ROWS.toLocaleString('en-US')} rows, ${Math.round(statSync(file).size / MEBIBYTE)} MiB, in ${Math.round(seconds)} s with ${KILLS} kills: ${Math.round(ROWS / seconds).toLocaleString('en-US')} rows/s. Every row once.`);
for (const [at, { samples }] of runs.entries()) {
  const resident = samples.map((sample) => sample.resident);
  const third = Math.ceil(resident.length / 3);
  console.log(
    `run ${at + 1}: rows ${samples[0]?.rows ?? 0} to ${samples.at(-1)?.rows ?? 0}; resident MiB: first third ${mean(resident.slice(0, third)).toFixed(0)}, last third ${mean(resident.slice(-third)).toFixed(0)}, most ${Math.max(0, ...resident).toFixed(0)}`,
  );
}
await store.stop();
rmSync(folder, { recursive: true });
