/**
 * `npm run test:export [rows]`: exports half a million rows, kills the command three times with SIGKILL, and proves that
 * every row is there once and that memory stays flat.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const ROWS = Number(process.argv[2] ?? 500_000);
const KILLS = 3;
const MEBIBYTE = 1024 * 1024;
const program = resolve(import.meta.dirname, '../../dist/cjs/cli.cjs');
const folder = mkdtempSync(join(tmpdir(), 'bigrecord-export-'));
const file = join(folder, 'brands.ndjson');

/** Responds as V3 does to lists of brands, whose keys are 1 to ROWS: a sandbox would filter half a million rows for each page. */
const server = createServer(({ url }, response) => {
  const query = new URL(url, 'http://localhost').searchParams;
  const number = (name, otherwise) => Number(query.get(name) ?? otherwise);
  const from = Math.max(number('id:greater', 0) + 1, number('id:min', 1));
  const to = Math.min(number('id:less', ROWS + 1) - 1, number('id:max', ROWS));
  const [limit, page] = [number('limit', 50), number('page', 1)];
  const total = Math.max(0, to - from + 1);
  const first = from + (page - 1) * limit;
  const data = Array.from({ length: Math.max(0, Math.min(limit, to - first + 1)) }, (_, at) => ({
    id: first + at,
    name: `Brand ${first + at}`,
    page_title: `Page of brand ${first + at}`,
    meta_keywords: ['brand', 'page'],
    custom_url: { url: `/brand-${first + at}/`, is_customized: false },
  }));
  const pagination = { total, count: data.length, per_page: limit, current_page: page, total_pages: Math.ceil(total / limit), links: {} };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data, meta: { pagination } }));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const env = {
  ...process.env,
  BIGCOMMERCE_STORE_HASH: 'big',
  BIGCOMMERCE_ACCESS_TOKEN: 'token-of-the-big-store',
  BIGCOMMERCE_API_URL: `http://127.0.0.1:${server.address().port}`,
};

/** Resident memory of a process, in MiB; `undefined` where there is no /proc, or no such process any more. */
function residentOf(pid) {
  try {
    const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024; // a process that has ended has none
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
server.close();
server.closeAllConnections();
rmSync(folder, { recursive: true });
