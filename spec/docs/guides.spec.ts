import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Block, blocksOf, compilePages, type Ran, requestsIn } from '../support/guide-pages.js';
import { ROOT } from '../support/run.js';

const FOLDER = 'docs/guide';
/** `GUIDES_UPDATE=1` writes what the pages print into them: read the difference. */
const IS_UPDATE = process.env['GUIDES_UPDATE'] === '1';
/** The languages of the blocks. Only those in TypeScript run; `output` is compared with what the block before it has printed. */
const LANGUAGES = new Set(['ts', 'js', 'json', 'sh', 'output']);

describe('the guides', function () {
  this.timeout(240_000);
  const pages = new Map<string, readonly Block[]>();
  let runPage: (page: string) => Promise<Ran[]>;

  before(async () => {
    const names = (await readdir(join(ROOT, FOLDER))).filter((name) => name.endsWith('.md'));
    for (const name of names) pages.set(`${FOLDER}/${name}`, await blocksOf(`${FOLDER}/${name}`));
    const programs = [...pages].map(([page, blocks]): [string, Block[]] => [page, blocks.filter(({ language }) => language === 'ts')]);
    runPage = await compilePages(new Map(programs), join(ROOT, 'dist/guide-pages'));
  });

  it('have blocks of known languages only, and all of them are found', async () => {
    const unknown = [...pages.values()].flat().filter(({ language }) => !LANGUAGES.has(language));
    expect(unknown.map(({ name, language }) => `${name}: ${language}`)).to.deep.equal([]);
    const texts = await Promise.all([...pages.keys()].map((page) => readFile(join(ROOT, page), 'utf8')));
    const fences = texts.join('\n').match(/^ *(```|~~~)\w/gm)?.length ?? 0;
    expect([...pages.values()].flat())
      .to.have.length(fences)
      .above(40);
  });

  it('run on the sandbox, page by page, print what they say and send the requests that they name', async () => {
    const wrong: string[] = [];
    for (const [page, blocks] of pages) {
      const ran = await runPage(page).catch((error: Error & { stderr?: string }) => void wrong.push(`${page}: ${error.stderr ?? error}`));
      const programs = blocks.filter(({ language }) => language === 'ts');
      if (IS_UPDATE && ran !== undefined) await update(page, blocks, ran);
      for (const [at, result] of ran?.entries() ?? [])
        wrong.push(...differencesOf(programs[at], result, outputAfter(programs[at], blocks)));
      if (ran !== undefined) expect(ran).to.have.length(programs.length);
    }
    expect(wrong.join('\n\n')).to.equal('');
  });
});

/** The block of output behind a block of code. */
function outputAfter(block: Block | undefined, blocks: readonly Block[]): Block | undefined {
  const next = block === undefined ? undefined : blocks[blocks.indexOf(block) + 1];
  return next?.language === 'output' ? next : undefined;
}

/** Writes what the blocks of a page have printed into its blocks of output. */
async function update(page: string, blocks: readonly Block[], ran: readonly Ran[]): Promise<void> {
  const path = join(ROOT, page);
  const programs = blocks.filter(({ language }) => language === 'ts');
  const outputs = programs.map((block, at) => ({ output: outputAfter(block, blocks), printed: ran[at]?.printed ?? '' }));
  const lines = (await readFile(path, 'utf8')).split('\n');
  for (const { output, printed } of outputs.reverse())
    if (output !== undefined)
      lines.splice(Number(output.name.split(':').at(-1)) - 1, output.code.split('\n').length - 1, ...printed.split('\n').slice(0, -1));
  await writeFile(path, lines.join('\n'));
}

function differencesOf(block: Block | undefined, ran: Ran, output: Block | undefined): string[] {
  if (block === undefined) return ['more has run than the page has'];
  const named = requestsIn(block);
  let from = 0;
  const missing = named.filter((request) => {
    const at = ran.requests.findIndex((sent, place) => place >= from && (sent === request || sent.startsWith(`${request} `)));
    if (at >= 0) from = at + 1;
    return at < 0;
  });
  return [
    ...missing.map((request) => `${block.name}: ${request} was not sent, but\n  ${ran.requests.join('\n  ')}`),
    ...(output !== undefined && output.code !== ran.printed ? [`${output.name}: printed\n${ran.printed}`] : []),
  ];
}
