/**
 * Builds the documentation site in dist/site: the references from declarations and types, then VitePress, which fails at a dead link.
 * With `--dev`, serves it and rebuilds a page when its file changes. It asks no other host for anything.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const docs = join(root, 'docs');
const isDev = process.argv.includes('--dev');

async function node(args, cwd = root) {
  const [status] = await once(spawn(process.execPath, args, { cwd, stdio: 'inherit' }), 'close');
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}.`);
}

/** The attributes of built pages that make a browser load something, and imports of styles and scripts. */
const LOADS = /(?:<(?:script|img|iframe|source)[^>]*\ssrc=|<link[^>]*\shref=|@import\s+|url\()["']?(https?:)?\/\//;

/** @throws Error for a link of the site to a page or a heading that it does not have: VitePress looks at those in the text of pages only */
function assertNoDeadLinks(folder, files) {
  const pages = [...files].filter(([file]) => file.endsWith('.html'));
  const ids = new Map(pages.map(([file, text]) => [file, new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]));
  const dead = new Set();
  let count = 0;
  for (const [file, text] of pages)
    for (const [, href] of text.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)) {
      if (/^[a-z]+:/.test(href)) continue;
      count++;
      const { pathname, hash } = new URL(href, `site://site/${relative(folder, file)}`);
      const path = join(folder, decodeURIComponent(pathname));
      const target = [path, `${path}.html`, join(path, 'index.html')].find((each) => ids.has(each));
      const isThere = hash === '' || ids.get(target)?.has(decodeURIComponent(hash.slice(1)));
      if (target === undefined || !isThere) dead.add(`${href} in ${relative(folder, file)}`);
    }
  if (dead.size > 0) throw new Error(`${dead.size} links lead nowhere:\n${[...dead].slice(0, 40).join('\n')}`);
  console.log(`${count} links within the site, each to a page and a heading that it has.`);
}

/** The pages and styles of a site, by path. */
const textsIn = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(({ name }) => /\.(html|css)$/.test(name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );

/** @throws Error if a file of the site loads something from another host */
function assertSelfContained(files) {
  const foreign = [...files].filter(([, text]) => LOADS.test(text)).map(([file]) => file);
  if (foreign.length > 0) throw new Error(`These pages load something from another host: ${foreign.join(', ')}`);
  console.log(`${files.size} files, none of which loads anything from another host.`);
}

const started = performance.now();
await Promise.all([
  node([join(root, 'scripts/reference/index.js')]),
  node([join(docs, 'node_modules/typedoc/bin/typedoc'), '--options', 'typedoc.json'], docs),
]);
await node([join(root, 'node_modules/vitepress/bin/vitepress.js'), isDev ? 'dev' : 'build', 'docs']);
if (!isDev) {
  const site = join(root, 'dist/site');
  const files = textsIn(site);
  assertSelfContained(files);
  assertNoDeadLinks(site, files);
  console.log(`dist/site is ready, after ${Math.round((performance.now() - started) / 1000)} seconds.`);
}
