/** `npm run record:export`: runs an export that is killed and continued, and writes docs/recordings/export.txt. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from 'bigrecord/sandbox';
import { Brand } from 'bigrecord/v3';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'bigrecord-record-'));
const store = await Sandbox.start({ seed: 'empty' });
store.insert(
  Brand,
  Array.from({ length: 20_000 }, (_, at) => ({ id: at + 1, name: `Brand ${at + 1}` })),
);
store.latency = 100;
const { storeHash, accessToken, baseUrl } = store.credentials;
const env = { ...process.env, BIGCOMMERCE_STORE_HASH: storeHash, BIGCOMMERCE_ACCESS_TOKEN: accessToken, BIGCOMMERCE_API_URL: baseUrl };
const lines = [];
const shell = (text) => {
  lines.push(`$ ${text}`);
  const { stdout, stderr } = spawnSync('sh', ['-c', text], { cwd: folder, env, encoding: 'utf8' });
  lines.push(...`${stdout}${stderr}`.trimEnd().split('\n'));
};

/** Runs the command; with `kill`, until its first checkpoint. */
async function exporting(kill) {
  const text = 'export v3.Brand brands.ndjson';
  lines.push(`$ npx bigrecord ${text}`);
  const child = spawn(process.execPath, [join(root, 'dist/cjs/cli.cjs'), ...text.split(' ')], { cwd: folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (output += part));
  const ended = new Promise((done) => child.once('close', done));
  if (kill) {
    while (!existsSync(join(folder, 'brands.ndjson.part.json'))) await sleep(20);
    child.kill('SIGKILL');
  }
  await ended;
  lines.push(...output.trimEnd().split('\n').filter((line) => line !== ''), ...(kill ? ['Killed'] : []));
}

await exporting(true);
shell('ls');
await exporting(false);
shell('ls');
shell('wc -l < brands.ndjson');
shell('sort brands.ndjson | uniq -d | wc -l');
mkdirSync(join(root, 'docs/recordings'), { recursive: true });
writeFileSync(join(root, 'docs/recordings/export.txt'), `${lines.join('\n')}\n`);
console.log(lines.join('\n'));
await store.stop();
rmSync(folder, { recursive: true });
