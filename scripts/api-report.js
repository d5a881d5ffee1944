/**
 * Writes the public API of each entry point to docs/api, so that changes to it are visible in review.
 * With `--check`, writes nothing and exits with status 1 if a report is out of date.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import ts from 'typescript5';
import { dist, ENTRIES } from './build/project.js';

const root = resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const silent = { logLevel: 'none' };
let outdated = 0;

for (const [entry, source] of ENTRIES) {
  const name = entry === 'index' ? 'bigrecord' : entry;
  const folder = join(root, 'dist/api');
  mkdirSync(folder, { recursive: true });
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(root, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: dist('lib', `${source}.d.ts`),
      compiler: { tsconfigFilePath: join(root, 'tsconfig.json') },
      apiReport: { enabled: true, reportFileName: `${name}.api.md`, reportFolder: folder, reportTempFolder: join(folder, 'temp') },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { compilerMessageReporting: { default: silent }, extractorMessageReporting: { default: silent }, tsdocMessageReporting: { default: silent } },
    },
  });
  Extractor.invoke(config, { localBuild: true, messageCallback: (message) => void (message.handled = true) });
  const made = `${readFileSync(join(folder, `${name}.api.md`), 'utf8')}${derivedMembers(dist('lib', `${source}.d.ts`))}`;
  const kept = join(root, `docs/api/${name}.api.md`);
  if (!check) {
    mkdirSync(join(root, 'docs/api'), { recursive: true });
    writeFileSync(kept, made);
  } else if (readOrEmpty(kept) !== made) {
    console.error(`docs/api/${name}.api.md is out of date: run npm run api, and review the diff.`);
    outdated++;
  }
}
rmSync(join(root, 'dist/api'), { recursive: true, force: true });
process.exitCode = outdated > 0 ? 1 : 0;

/**
 * Lists the members of exported interfaces that are derived from values, such as the options of `@Resource`: the extractor prints
 * only the name of what they extend.
 */
function derivedMembers(file) {
  const program = ts.createProgram([file], { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, strict: true, skipLibCheck: true, types: ['node'] });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
  const names = new Set(exported.map((symbol) => symbol.name));
  const sections = exported.flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declaration = target.declarations?.find(ts.isInterfaceDeclaration);
    const parents = declaration?.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
    if (!parents.some((parent) => isDerived(parent))) return [];
    const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(target)).map((member) => {
      const type = checker.typeToString(checker.getTypeOfSymbol(member), undefined, ts.TypeFormatFlags.NoTruncation);
      return `- \`${member.name}${member.flags & ts.SymbolFlags.Optional ? '?' : ''}: ${type}\``;
    });
    return [`\n## Members of ${symbol.name}\n\n${members.sort().join('\n')}\n`];
  });
  return sections.sort().join('');

  /** Whether a parent is the type of the values of a table, directly or by another interface. */
  function isDerived(parent) {
    if (/^(ValueOf|Partial<Given|Declared)/.test(parent.getText())) return true;
    const symbol = checker.getTypeFromTypeNode(parent).symbol;
    if (symbol === undefined || names.has(symbol.name)) return false;
    const declaration = symbol.declarations?.find(ts.isInterfaceDeclaration);
    return (declaration?.heritageClauses?.flatMap(({ types }) => [...types]) ?? []).some(isDerived);
  }
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
