import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { run } from '../support/run.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const FIXTURE = join(ROOT, 'spec/fixtures/toolchain');
const OUT = join(ROOT, 'dist/toolchains');

interface Toolchain {
  name: string;
  /** Whether it knows legacy decorators: they alone stand on `declare` fields. */
  isLegacy: boolean;
  /** Makes what is run of the fixture in `folder`; the arguments for node, before the file. */
  make(folder: string): Promise<Command>;
}

/** How a file of the fixture, named without extension, is run. */
type Command = (file: string) => string[];

const COMPILER = {
  target: 'ES2022',
  module: 'NodeNext',
  strict: true,
  exactOptionalPropertyTypes: true,
  isolatedModules: true,
  skipLibCheck: true,
  types: ['node'],
};

/** The way in which fields are compiled changes no types: they are checked once with each kind of decorators. */
const isChecked = ({ emitDecoratorMetadata, experimentalDecorators, useDefineForClassFields }: Record<string, unknown>): boolean =>
  useDefineForClassFields === true && emitDecoratorMetadata === experimentalDecorators;

function tsc(compiler: string, version: string, options: Record<string, unknown>): Toolchain {
  return {
    name: `tsc ${version} ${JSON.stringify(options)}`,
    isLegacy: options['experimentalDecorators'] === true,
    async make(folder) {
      const places = { rootDir: FIXTURE, outDir: folder, typeRoots: [join(ROOT, 'node_modules/@types')] };
      const compilerOptions = { ...COMPILER, ...options, ...places, noCheck: !isChecked(options) };
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: entries(this.isLegacy) }));
      await run(process.execPath, [join(ROOT, `node_modules/${compiler}/bin/tsc`), '-p', folder]).catch((error: { stdout: string }) => {
        throw new Error(error.stdout);
      });
      return (file) => [join(folder, `${file}.js`)];
    },
  };
}

function esbuild(name: string, compilerOptions: Record<string, unknown>): Toolchain {
  return {
    name: `esbuild ${name}`,
    isLegacy: compilerOptions['experimentalDecorators'] === true,
    async make(folder) {
      const { transform } = await import('esbuild');
      return perFile(folder, this.isLegacy, async (source) => {
        const tsconfigRaw = JSON.stringify({ compilerOptions });
        return (await transform(source, { loader: 'ts', format: 'esm', target: 'es2022', tsconfigRaw })).code;
      });
    },
  };
}

function swc(name: string, transform: Record<string, unknown>): Toolchain {
  return {
    name: `swc ${name}`,
    isLegacy: transform['legacyDecorator'] === true,
    async make(folder) {
      const { transform: compile } = await import('@swc/core');
      return perFile(folder, this.isLegacy, async (source) => {
        const jsc = { parser: { syntax: 'typescript', decorators: true }, target: 'es2022', transform } as const;
        return (await compile(source, { swcrc: false, module: { type: 'es6' }, jsc })).code;
      });
    },
  };
}

function tsx(name: string, compilerOptions: Record<string, unknown>): Toolchain {
  return {
    name: `tsx ${name}`,
    isLegacy: compilerOptions['experimentalDecorators'] === true,
    async make(folder) {
      await cp(FIXTURE, folder, { recursive: true });
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...COMPILER, ...compilerOptions } }));
      return (file) => ['--import', 'tsx', join(folder, `${file}.ts`)];
    },
  };
}

const entries = (isLegacy: boolean): string[] => (isLegacy ? ['main.ts', 'declared.ts'] : ['main.ts']).map((file) => join(FIXTURE, file));

async function perFile(folder: string, isLegacy: boolean, compile: (source: string) => Promise<string>): Promise<Command> {
  for (const file of await readdir(FIXTURE))
    if (isLegacy || file !== 'declared.ts')
      await writeFile(join(folder, file.replace('.ts', '.js')), await compile(await readFile(join(FIXTURE, file), 'utf8')));
  return (file) => [join(folder, `${file}.js`)];
}

const LEGACY = { experimentalDecorators: true };
const TOOLCHAINS: Toolchain[] = [
  ...(
    [
      ['typescript5', '5.9'],
      ['typescript', '7'],
    ] as const
  ).flatMap(([compiler, version]) => [
    tsc(compiler, version, { ...LEGACY, emitDecoratorMetadata: true, useDefineForClassFields: true }),
    tsc(compiler, version, { ...LEGACY, emitDecoratorMetadata: true, useDefineForClassFields: false }),
    tsc(compiler, version, { ...LEGACY, useDefineForClassFields: true }),
    tsc(compiler, version, { ...LEGACY, useDefineForClassFields: false }),
    tsc(compiler, version, { useDefineForClassFields: true }),
    tsc(compiler, version, { useDefineForClassFields: false }),
  ]),
  esbuild('legacy, fields defined', { ...LEGACY, useDefineForClassFields: true }),
  esbuild('legacy, fields assigned', { ...LEGACY, useDefineForClassFields: false }),
  esbuild('standard, fields defined', { useDefineForClassFields: true }),
  esbuild('standard, fields assigned', { useDefineForClassFields: false }),
  tsx('legacy', LEGACY),
  tsx('standard', {}),
  swc('legacy, metadata', { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true }),
  swc('legacy, fields assigned', { legacyDecorator: true, useDefineForClassFields: false }),
  swc('standard, fields defined', { decoratorVersion: '2022-03', useDefineForClassFields: true }),
  swc('standard, fields assigned', { decoratorVersion: '2022-03', useDefineForClassFields: false }),
];

/** A class that makes a record of itself. Some compilers leave the undecorated class in it, which has to be refused. */
const OWN = 'Own true true';
const REFUSED =
  'ConfigurationError: new Shelf() in the class Shelf itself makes what @Resource has replaced: esbuild compiles standard decorators so,' +
  ' and swc legacy ones. Write Shelf.of().build({ … }) there. Nothing was sent.';

/** What the fixture prints, whoever compiled it. */
const EXPECTED = [
  ...['wooden', true, false, false],
  ...[1, 'Oak', false, 'OAK', 'library', 'Shelf'],
  ...[OWN, 'Own'],
  ...[true, true, true, 6, ['loaded 1'], 'wooden'],
  'steel',
  ['size', 'built_at', 'maxLoad'],
  ['built_at'],
  ...[1, 'Oak', true],
  'Small',
  ...['clear', 'wooden', ['polished'], true, '/shelves', 'GlassShelf'],
  ...['not sent by the store', ['loaded 2']],
  { name: ['is forbidden'] },
  [
    ['not found', false],
    [false, 'not sent'],
  ],
  { pages: 3, is_thin: 1, is_lent: false, 'tags:in': ['a'], limit: 250 },
  [
    ...['built_at date', 'drawers object', 'id number', 'id unknown', 'is_lent unknown', 'is_thin number', 'kind unknown'],
    ...['max_load unknown', 'name unknown', 'pages unknown', 'shelf_id unknown', 'size object', 'tags unknown', 'title unknown'],
  ],
  [],
  [
    'POST /v3/shelves {"name":"Oak","size":{"width":2,"height":3},"kind":"wooden"}',
    'GET /v3/shelves/1 ',
    'PUT /v3/shelves/1 {"kind":"steel"}',
    'GET /v3/shelves/1 ',
    'PUT /v3/shelves/1 {"size":{"width":10,"height":3},"built_at":"2026-01-02T03:04:05.000Z","max_load":40}',
    'POST /v3/shelves/1/books {"title":"Small"}',
    'GET /v3/shelves/1/books ',
    'GET /v3/shelves/1 ',
    'GET /v3/shelves/1/books ',
    'POST /v3/shelves {"name":"Glass","kind":"wooden","tint":"clear"}',
    'GET /v3/shelves/2 ',
    'GET /v3/shelves/abc ',
  ],
];

describe('models compiled by every toolchain', function () {
  this.timeout(300_000);
  before(async () => rm(OUT, { recursive: true, force: true }));

  for (const [index, toolchain] of TOOLCHAINS.entries()) {
    it(toolchain.name, async () => {
      const folder = join(OUT, String(index));
      await mkdir(folder, { recursive: true });
      const command = await toolchain.make(folder);
      const { stdout } = await run(process.execPath, command('main'), { cwd: folder });
      const isRefused = /^(esbuild standard|tsx standard|swc legacy)/.test(toolchain.name);
      expect(sorted(JSON.parse(stdout))).to.deep.equal(sorted(EXPECTED.map((each) => (isRefused && each === OWN ? REFUSED : each))));
      if (!toolchain.isLegacy) return;
      const declared = await run(process.execPath, command('declared'), { cwd: folder });
      expect(JSON.parse(declared.stdout)).to.deep.equal(['a', true, ['id', 'name', 'created'], true, false, ['name']]);
    });
  }
});

/** Standard decorators run in another order than legacy ones: the order of attributes is the toolchain's. */
function sorted(value: unknown): unknown {
  if (typeof value === 'string' && /^[A-Z]+ .*\{/.test(value)) {
    const brace = value.indexOf('{');
    return `${value.slice(0, brace)}${JSON.stringify(sorted(JSON.parse(value.slice(brace))))}`;
  }
  if (Array.isArray(value)) return value.length === 3 && value.includes('maxLoad') ? [...value].sort() : value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, entry]) => [key, sorted(entry)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
