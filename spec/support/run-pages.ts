/** A program that runs those of the pages one after the other: `node run-pages.js <list of pages> <file for what they did>`. */
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { PageRun } from './guide-pages.js';
import { closePage, openPage } from './guide-preamble.js';
import { hasRedis, RedisServer } from './redis.js';

const [list = '', result = ''] = process.argv.slice(2);
const pages: readonly (readonly [page: string, program: string])[] = JSON.parse(await readFile(list, 'utf8'));
const redis = hasRedis() ? await RedisServer.start() : undefined;
const environment = { ...process.env, ...(redis !== undefined && { REDIS_URL: redis.url }) };
const runs: [string, PageRun][] = [];

for (const [page, program] of pages) {
  process.env = { ...environment };
  await openPage();
  const error = await import(pathToFileURL(program).href).then(
    () => undefined,
    (reason: Error) => reason.stack ?? String(reason),
  );
  runs.push([page, { blocks: await closePage(), error }]);
}

await redis?.stop();
await writeFile(result, JSON.stringify(runs));
// A page may leave a server or a listener behind, which is none of its subject.
process.exit();
