import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type Block,
  blocksOf,
  fencesOf,
  folderOf,
  isPart,
  PAGES,
  type PageRun,
  type Ran,
  requestsIn,
  runJavaScript,
  runPages,
} from '../support/guide-pages.js';
import { ROOT } from '../support/run.js';
import { isAsShown, Shell } from '../support/shell-blocks.js';
import { runTest, toolOf } from '../support/test-tools.js';

const FOLDER = join(ROOT, 'dist/guide-pages');
/** `GUIDES_UPDATE=1` writes what the pages print into them: read the difference. */
const IS_UPDATE = process.env['GUIDES_UPDATE'] === '1';
/** The languages of the blocks. `output` is compared with what the block before it has printed. */
const LANGUAGES = new Set(['ts', 'js', 'json', 'sh', 'output']);

/** What commands have printed at a terminal, kept by the scripts that recorded it. */
const RECORDINGS = join(ROOT, 'docs/recordings');
const recordings = (existsSync(RECORDINGS) ? readdirSync(RECORDINGS) : []).map((name) => readFileSync(join(RECORDINGS, name), 'utf8'));
const isRecorded = ({ code }: Block): boolean => recordings.some((text) => text.includes(code.trimEnd()));

describe('the pages of the documentation', function () {
  this.timeout(240_000);
  const blocks = PAGES.flatMap(blocksOf);
  const of = (...languages: string[]): Block[] => blocks.filter(({ language }) => languages.includes(language));
  /** The blocks that have been run, checked or compared. */
  const done = new Set<Block>();
  let runs: ReadonlyMap<string, PageRun>;
  let shell: Shell;

  before(async () => {
    await rm(FOLDER, { recursive: true, force: true });
    [runs, shell] = await Promise.all([runPages(blocks, FOLDER), Shell.open(join(ROOT, 'dist/guide-shell'))]);
  });
  after(async () => shell?.close());

  it('have blocks of known languages only, and all of them are found', () => {
    expect(blocks.filter(({ language }) => !LANGUAGES.has(language)).map(({ name, language }) => `${name}: ${language}`)).to.deep.equal([]);
    for (const page of PAGES)
      expect(
        blocks.filter((block) => block.page === page),
        page,
      ).to.have.length(fencesOf(page));
    expect(blocks).to.have.length.above(150);
  });

  for (const page of new Set(blocks.filter(isPart).map((block) => block.page)))
    it(`${page}: runs on the sandbox, prints what it says and sends the requests that it names`, async () => {
      const own = blocks.filter((block) => block.page === page);
      const parts = own.filter(isPart);
      const { blocks: ran = [], error } = runs.get(page) ?? {};
      if (IS_UPDATE) await update(page, own, ran);
      expect(error).to.equal(undefined);
      const wrong = parts.flatMap((block, at) => differencesOf(block, ran[at], outputAfter(block, own)));
      expect(wrong.join('\n\n')).to.equal('');
      expect(ran).to.have.length(parts.length);
      for (const block of parts) noteDone(block, own);
    });

  it('have tests that pass, and files that they import', async () => {
    const files = blocks.filter(({ file }) => file !== undefined);
    const tests = files.filter(({ file = '' }) => toolOf(file) !== undefined);
    await Promise.all(tests.map(({ page, file = '' }) => runTest(join(FOLDER, folderOf(page)), file)));
    for (const block of files) {
      const module = `./${block.file?.replace(/\.ts$/, '.js')}`;
      const isUsed = tests.includes(block) || blocks.some(({ page, code }) => page === block.page && code.includes(`'${module}'`));
      expect(isUsed, `${block.name}: nothing imports ${module}`).to.equal(true);
      done.add(block);
    }
  });

  it('have JavaScript that runs, JSON that parses, and commands that work', async () => {
    const wrong: string[] = [];
    for (const block of of('json')) {
      JSON.parse(block.code);
      done.add(block);
    }
    for (const block of of('js', 'sh')) {
      const output = outputAfter(block, blocks);
      const expected = output !== undefined && isRecorded(output) ? undefined : output?.code;
      const printed = await (block.language === 'js' ? runJavaScript(block, FOLDER) : shell.run(block, expected)).catch(
        (error: Error) => void wrong.push(`${block.name}: ${error.message}`),
      );
      if (expected !== undefined && printed !== undefined && !isAsShown(expected, printed))
        wrong.push(`${output?.name}: printed\n${printed}`);
      noteDone(block, blocks);
    }
    for (const block of of('output')) if (isRecorded(block)) done.add(block);
    expect(wrong.join('\n\n')).to.equal('');
  });

  it('have no block that was not run', () => {
    expect(blocks.filter((block) => !done.has(block)).map(({ name }) => name)).to.deep.equal([]);
    const counts = [...LANGUAGES].map((language) => `${of(language).length} ${language}`);
    console.log(`      ${PAGES.length} pages, ${blocks.length} blocks (${counts.join(', ')}): ${done.size} run or compared`);
  });

  /** Notes that a block was run, and the output behind it compared. */
  function noteDone(block: Block, among: readonly Block[]): void {
    done.add(block);
    const output = outputAfter(block, among);
    if (output !== undefined) done.add(output);
  }
});

/** The block of output behind a block of code. */
function outputAfter(block: Block, blocks: readonly Block[]): Block | undefined {
  const next = blocks[blocks.indexOf(block) + 1];
  return next?.language === 'output' && next.page === block.page ? next : undefined;
}

/** Writes what the blocks of a page have printed into its blocks of output. */
async function update(page: string, blocks: readonly Block[], ran: readonly Ran[]): Promise<void> {
  const path = join(ROOT, page);
  const outputs = blocks.filter(isPart).map((block, at) => ({ output: outputAfter(block, blocks), printed: ran[at]?.printed }));
  const lines = (await readFile(path, 'utf8')).split('\n');
  for (const { output, printed } of outputs.reverse())
    if (output !== undefined && printed !== undefined)
      lines.splice(Number(output.name.split(':').at(-1)) - 1, output.code.split('\n').length - 1, ...printed.split('\n').slice(0, -1));
  await writeFile(path, lines.join('\n'));
}

function differencesOf(block: Block, ran: Ran | undefined, output: Block | undefined): string[] {
  if (ran === undefined) return [`${block.name} has not run`];
  let from = 0;
  const missing = requestsIn(block).filter((request) => {
    const at = ran.requests.findIndex((sent, place) => place >= from && (sent === request || sent.startsWith(`${request} `)));
    if (at >= 0) from = at + 1;
    return at < 0;
  });
  return [
    ...missing.map((request) => `${block.name}: ${request} was not sent, but\n  ${ran.requests.join('\n  ')}`),
    ...(output !== undefined && output.code !== ran.printed ? [`${output.name}: printed\n${ran.printed}`] : []),
  ];
}
