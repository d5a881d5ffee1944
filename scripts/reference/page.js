import { filtersOf, requestsOf } from './requests.js';

const NAMES = { v2: 'V2', v3: 'V3' };
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;');
const code = (text) => `\`${text}\``.replaceAll('|', '\\|');
const row = (...cells) => `| ${cells.join(' | ')} |`;
const table = (heads, rows) => (rows.length === 0 ? [] : [row(...heads), row(...heads.map(() => '---')), ...rows, '']);
const section = (title, lines) => (lines.length === 0 ? [] : [`## ${title}`, '', ...lines]);

/** The page of a model: what its declaration says, with the types and descriptions of its source. */
export function modelPage(model, name, types, linkTo) {
  const { resource } = model;
  const { version, relations } = resource;
  return [
    `# ${version}.${name}`,
    '',
    cell(types.describe(version, name)),
    '',
    `\`import { ${name} } from 'bigrecord/${version}';\``,
    '',
    ...facts(resource),
    ...section('Requests', table(['call', 'request'], requestsOf(resource).map(({ calls, method, path }) => row(calls, code(`${method} ${path}`))))),
    ...section('Attributes', attributes(resource, name, types)),
    ...section('Filters', filters(resource)),
    ...section(
      'Relations',
      table(
        ['relation', 'kind', 'model', 'description'],
        Object.entries(relations).map(([property, relation]) => {
          const target = relation.target();
          return row(code(property), relation.kind, linkTo(target), cell([types.relationOf(version, name, property), how(relation)].filter(Boolean).join(' ')));
        }),
      ),
    ),
    ...section(
      'Actions',
      table(
        ['action', 'request', 'description'],
        types.actionsOf(version, name, resource).map(({ call, requests, description }) => row(code(call), requests.map(code).join('<br>'), cell(description))),
      ),
    ),
    ...section('Parameters', parameters(resource)),
  ].join('\n');
}

/** What applies to the resource as a whole. */
function facts({ version, path, key, addressing, pageSize, batch, includes, includePageSizes, cursor, scope, alwaysSend, replaces, lock, through, required, operations }) {
  const isSingle = addressing === 'single';
  const batches = ['create', 'update', 'upsert', 'delete'].filter((kind) => batch[kind] !== undefined).map((kind) => `${kind} ${batch[kind]}`);
  const smaller = Object.entries(includePageSizes).map(([name, size]) => `${size} with \`include=${name}\``);
  const entries = [
    ['API', NAMES[version]],
    ['Path', code(path.replaceAll(/:(\w+)/g, '{$1}'))],
    ['Key', isSingle ? 'none: there is one' : code(key)],
    ['Required in create', required.map((each) => (Array.isArray(each) ? each.map(code).join(' or ') : code(each))).join(', ')],
    ['Rows per page', isSingle || !operations.includes('list') ? '' : [`at most ${pageSize}`, ...smaller].join('; ') + (cursor ? '; by cursor too' : '')],
    ['Records per write', batches.join(', ')],
    ['Embeds by include', includes.map(code).join(', ')],
    ['Belongs to a record', scope.map(code).join(', ')],
    ['Sent with every update', alwaysSend.map(code).join(', ')],
    ['Updates', replaces ? 'replace the whole record' : ''],
    ['Version', lock === undefined ? '' : code(lock)],
    ['Written', through === undefined ? '' : 'inside its parent'],
  ].filter(([, value]) => value !== '');
  return [...entries.map(([name, value]) => `- **${name}:** ${value}`), ''];
}

function attributes(resource, name, types) {
  const rows = Object.values(resource.attributes).flatMap((attribute) => {
    const [own, ...nested] = types.attributeRows(resource.version, name, attribute);
    const marks = [
      attribute.readOnly ? 'read-only' : '',
      attribute.setBy === undefined ? '' : `set by \`${attribute.setBy}\``,
      resource.required.flat().includes(attribute.name) ? 'required' : '',
      attribute.unique ? 'unique' : '',
      /written only|write-only|never returned|is not returned/i.test(own.description) ? 'write-only' : '',
      attribute.property === attribute.name ? '' : `property \`${attribute.property}\``,
    ];
    return [
      row(code(own.path), code(own.type), marked(marks, own.description)),
      ...nested.map(({ path, type, description, isReadOnly, isOptional }) =>
        row(code(path), code(type), marked([isReadOnly || attribute.readOnly ? 'read-only' : '', isOptional ? 'optional' : ''], description)),
      ),
    ];
  });
  return table(['attribute', 'type', 'description'], rows);
}

function filters(resource) {
  const rows = filtersOf(resource).map(({ name, type, operators, isPlain }) =>
    row(code(name), code(type), [...(isPlain ? ['equals'] : []), ...operators.map(code)].join(', ')),
  );
  const deletions = resource.deleteFilters.filter((name) => name !== `${resource.key}:in`);
  return [
    ...table(['filter', 'type', 'operators'], rows),
    ...(deletions.length > 0 ? [`\`deleteAll()\` takes only ${deletions.map(code).join(', ')}.`, ''] : []),
  ];
}

/** A description behind what else is known of an attribute. */
function marked(marks, description) {
  const known = marks.filter(Boolean).join(', ');
  return [known === '' ? '' : `*${known}.*`, cell(description)].filter(Boolean).join(' ');
}

/** Query parameters of single reads, writes and actions. */
function parameters({ params = {} }) {
  const rows = Object.entries(params).flatMap(([operation, given]) =>
    Object.entries(given).map(([name, type]) => row(code(operation), code(name), Array.isArray(type) ? type.map(code).join(', ') : type.name.toLowerCase())),
  );
  return table(['call', 'parameter', 'values'], rows);
}

const how = ({ key, by, inline, maxEmbedded }) =>
  [
    key === undefined ? '' : `By \`${key}\`.`,
    by === undefined ? '' : `By the filter \`${by}\`.`,
    inline ? 'Created with its parent.' : '',
    maxEmbedded === undefined ? '' : `At most ${maxEmbedded} come embedded; the rest is fetched.`,
  ]
    .filter(Boolean)
    .join(' ');
