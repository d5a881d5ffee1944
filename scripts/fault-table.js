// Writes docs/faults.md from the fault matrix of the specs; with --check, fails when the page is not what it should be.
import { FAULTS } from '../dist/spec/faults/matrix/index.js';
import { keep } from './page.js';

const cases = FAULTS.reduce((sum, fault) => sum + fault.cases.length, 0);
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const SECTIONS = {
  N: 'The network',
  A: 'Answers that are not what they should be',
  R: 'Redirects',
  L: 'Rate limits and failures of the platform',
  W: 'Writes',
  P: 'Reads, relations, pages',
  I: 'Bad input and injection',
  S: 'Secrets',
  T: 'Tokens, payloads, webhooks',
  C: 'Cancellation, concurrency, life cycle',
};

const operationsOf = ({ cases: all }) => (all.length > 4 ? String(all.length) : all.map(({ operation }) => cell(operation)).join(', '));

const tables = Object.entries(SECTIONS).map(([letter, title]) => {
  const faults = FAULTS.filter(({ row }) => row.startsWith(letter)).sort((a, b) => Number(a.row.slice(1)) - Number(b.row.slice(1)));
  const rows = faults.map((fault) => `| ${fault.row} | ${cell(fault.name)} | ${fault.by} | ${operationsOf(fault)} | ${cell(fault.expected)} |`);
  return [`## ${title}`, '', '| | fault | by | operations | what comes of it |', '|---|---|---|---|---|', ...rows, ''].join('\n');
});

const page = [
  '# Faults',
  '',
  `What is promised when things go wrong: ${FAULTS.length} faults, ${cases} cases of a fault and an operation, each of which is a`,
  'spec (`npm run test:faults`). A fault is played by bytes on a TCP connection, by the sandbox, by a Redis server, or by the caller itself.',
  'After all of them no rejection is unhandled, no connection is open, and no credential has shown in any error or output.',
  '',
  'Made by `npm run docs` from `spec/faults/matrix`.',
  '',
  ...tables,
].join('\n');

keep('faults.md', page);
