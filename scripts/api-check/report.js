import { leavesOf } from './shapes.js';

/** What each kind of difference means, in the order in which they are counted. */
const KINDS = {
  operation: 'a path or verb that no model declares',
  'undescribed-operation': 'a path or verb that is declared and not described',
  parameter: 'a query parameter that is not declared',
  'undescribed-parameter': 'a filter that no list describes',
  'parameter-type': 'the type of a query parameter',
  'response-shape': 'row, rows, none, transaction or other; with or without data',
  body: 'a body that is not declared',
  'missing-field': 'a field that is not declared',
  'undescribed-field': 'an attribute that nothing describes',
  opaque: 'an object or array whose fields are not declared',
  type: 'string, number, boolean, date, array, object',
  nullability: 'null',
  enum: 'enumerated values',
  'read-only': 'can it be written',
  required: 'must it be given',
  branches: 'alternatives of oneOf and anyOf',
  'max-items': 'the most items of an array, body or page',
};

/** Counts differences per kind: how many, and of how many places if those of several operations count once. */
export function countsOf(differences) {
  return Object.fromEntries(
    Object.keys(KINDS).map((kind) => {
      const found = differences.filter((each) => each.kind === kind);
      const places = new Set(
        found.map(({ by, field, operation }) => `${by ?? operation} ${field.replace(/^(body|response|row)(\[\])?/, '')}`),
      );
      return [kind, { differences: found.length, places: places.size }];
    }),
  );
}

/** How much each description has: its operations, and the values at the ends of their parameters, bodies and responses. */
export function familiesOf(described) {
  return [...new Set(described.map(({ file }) => file))].sort().map((name) => {
    const own = described.filter(({ file }) => file === name);
    const leaves = own.flatMap(({ parameters, body, response }) => [
      ...Object.values(parameters).map(({ shape }) => leavesOf(shape)),
      ...[body, response.row].filter((each) => each !== undefined).map((each) => leavesOf(each)),
    ]);
    return { name, count: own.length, leaves: leaves.reduce((sum, each) => sum + each, 0) };
  });
}

/** The differences as text, grouped by operation, with the counts at the end. */
export function reportOf({ operations, models, silent, families, differences, unexplained, explained, stale }) {
  const lines = [];
  let last;
  for (const each of unexplained) {
    if (each.operation !== last) lines.push('', `${each.operation}${each.file === undefined ? '' : `  (${each.file})`}`);
    last = each.operation;
    lines.push(`  ${lineOf(each)}`);
  }
  lines.push('', `${'kind'.padEnd(24)}${'differences'.padStart(12)}${'places'.padStart(8)}`);
  for (const [kind, count] of Object.entries(countsOf(unexplained)))
    lines.push(`${kind.padEnd(24)}${String(count.differences).padStart(12)}${String(count.places).padStart(8)}  ${KINDS[kind]}`);
  lines.push('', `${'family'.padEnd(36)}${'operations'.padStart(12)}${'fields'.padStart(12)}${'differences'.padStart(12)}`);
  for (const { name, count, leaves } of families) {
    const found = unexplained.filter(({ file }) => file === name).length;
    lines.push(`${name.padEnd(36)}${String(count).padStart(12)}${String(leaves).padStart(12)}${String(found).padStart(12)}`);
  }
  const hidden = unexplained.reduce((sum, { leaves = 0 }) => sum + leaves, 0);
  lines.push(
    '',
    `${operations} operations are described. ${models} models are declared, ${silent.length} of them without a description: ${silent.join(', ')}.`,
    `${differences} differences: ${explained} explained, ${unexplained.length} unexplained. Objects without declared fields hide ${hidden} fields.`,
  );
  for (const { operation, field, kind, reason } of stale)
    lines.push(`Explains nothing any more: ${[operation, field, kind].filter(Boolean).join(' ')}: ${reason}`);
  return lines.join('\n').trimStart();
}

function lineOf({ by, field, kind, described, declared, leaves }) {
  const hidden = leaves === undefined ? '' : ` (${leaves} fields)`;
  return `${kind}: ${[by, field].filter(Boolean).join(' ')}: described: ${described}; declared: ${declared}${hidden}`;
}
