/**
 * Measures the readability of lib/: type assertions, long and complex functions, long files, and module state that others set.
 * `--check` fails if a limit is exceeded.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript5';

const LIMITS = { assertions: 149, complexity: 15, lines: 60, longFiles: 5, fileLines: 300 };
const root = resolve(import.meta.dirname, '..');
const found = { assertions: [], complex: [], long: [], files: [], setters: [] };


function measure(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lines = text.split('\n').length - 1;
  if (lines > LIMITS.fileLines) found.files.push(`${file}: ${lines} lines`);
  for (const comment of text.matchAll(/@ts-(ignore|expect-error|nocheck)/g)) note(found.assertions, file, source, comment.index, comment[0]);
  const moduleState = new Set(source.statements.flatMap(mutableNames));
  walk(source);

  function walk(node) {
    const assertion = assertionOf(node);
    if (assertion !== undefined) note(found.assertions, file, source, node.getStart(), assertion);
    if (ts.isFunctionLike(node) && node.body !== undefined) measureFunction(node);
    ts.forEachChild(node, walk);
  }

  function measureFunction(node) {
    const name = nameOf(node);
    const branches = complexityOf(node.body) + 1;
    const length = lineOf(source, node.getEnd()) - lineOf(source, node.getStart()) + 1;
    if (branches > LIMITS.complexity) note(found.complex, file, source, node.getStart(), `${name}: complexity ${branches}`);
    if (length > LIMITS.lines) note(found.long, file, source, node.getStart(), `${name}: ${length} lines`);
    if (isExportedAtTop(node) && writesTo(node.body, moduleState)) note(found.setters, file, source, node.getStart(), name);
  }
}

/** `as` other than `as const`, `!`, and predicates that the compiler takes on trust. */
function assertionOf(node) {
  if (ts.isAsExpression(node) && node.type.getText() !== 'const') return `as ${node.type.getText().slice(0, 60)}`;
  if (ts.isTypeAssertionExpression(node)) return 'type assertion';
  if (ts.isNonNullExpression(node)) return '!';
  if (ts.isTypePredicateNode(node)) return `predicate ${node.getText().slice(0, 60)}`;
  return undefined;
}

const BRANCHES = new Set([
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.ConditionalExpression,
  ts.SyntaxKind.CaseClause,
  ts.SyntaxKind.CatchClause,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
]);
const LOGICAL = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

/** Cyclomatic complexity less one: branches and logical operators, without those of functions inside. */
function complexityOf(node) {
  let branches = 0;
  const walk = (at) => {
    if (ts.isFunctionLike(at)) return;
    if (BRANCHES.has(at.kind) || (ts.isBinaryExpression(at) && LOGICAL.has(at.operatorToken.kind))) branches++;
    if (at.questionDotToken !== undefined) branches++;
    ts.forEachChild(at, walk);
  };
  walk(node);
  return branches;
}

/** Names of `let` at the top of a module. */
function mutableNames(statement) {
  if (!ts.isVariableStatement(statement) || (statement.declarationList.flags & ts.NodeFlags.Let) === 0) return [];
  return statement.declarationList.declarations.map(({ name }) => name.getText());
}

function writesTo(body, names) {
  let writes = false;
  const walk = (at) => {
    if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.EqualsToken && names.has(at.left.getText())) writes = true;
    ts.forEachChild(at, walk);
  };
  walk(body);
  return writes;
}

function isExportedAtTop(node) {
  const statement = ts.isFunctionDeclaration(node) ? node : node.parent?.parent?.parent;
  if (statement === undefined || statement.parent === undefined || !ts.isSourceFile(statement.parent)) return false;
  return (ts.getCombinedModifierFlags(ts.isFunctionDeclaration(node) ? node : node.parent) & ts.ModifierFlags.Export) !== 0;
}

const nameOf = (node) => node.name?.getText() ?? node.parent?.name?.getText?.() ?? (ts.isConstructorDeclaration(node) ? 'constructor' : 'a function');
const lineOf = (source, position) => source.getLineAndCharacterOfPosition(position).line + 1;
const note = (list, file, source, position, what) => list.push(`${file}:${lineOf(source, position)} ${what}`);

function report() {
  const rows = [
    ['assertions of types', found.assertions, LIMITS.assertions],
    [`functions with a complexity over ${LIMITS.complexity}`, found.complex, 0],
    [`functions longer than ${LIMITS.lines} lines`, found.long, 0],
    [`files longer than ${LIMITS.fileLines} lines`, found.files, LIMITS.longFiles],
    ['module state set by an exported function', found.setters, 0],
  ];
  const isFull = process.argv.includes('--list');
  for (const [what, list, limit] of rows) {
    console.log(`${what}: ${list.length} (at most ${limit})`);
    if (isFull || (list.length > limit && list.length < 40)) for (const line of list) console.log(`  ${line}`);
  }
  if (process.argv.includes('--check') && rows.some(([, list, limit]) => list.length > limit)) process.exitCode = 1;
}

const files = readdirSync(resolve(root, 'lib'), { recursive: true }).filter((file) => file.endsWith('.ts'));
for (const file of files.map((file) => `lib/${file}`).sort()) measure(file, readFileSync(resolve(root, file), 'utf8'));
report();
