/** The rooms of lib/, lowest first: a file may import from its own room and from lower ones. */
const ROOMS = [
  'errors',
  'transport',
  'session',
  'schema',
  'query',
  'record',
  'persistence',
  'bulk',
  'associations',
  'model',
  'resources',
  '(sandbox|oauth|webhooks|redis|testing|jobs)',
  'cli',
];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment:
        'Data goes one way. Only the models of a store refer to each other in circles, by functions: an order has a customer, who has orders.',
      from: { path: '^lib/(?!resources/)' },
      to: { circular: true },
    },
    ...ROOMS.map((room, level) => ({
      name: `only-downwards-from-${room.replace(/\W/g, '')}`,
      severity: 'error',
      comment: 'Lower rooms never import upper ones.',
      from: { path: `^lib/${room}/` },
      to: { path: `^lib/(${ROOMS.slice(level + 1).join('|') || 'nothing'}|index\\.ts)(/|$)` },
    })),
    { name: 'got-only-in-transport', severity: 'error', from: { path: '^lib/(?!transport/)' }, to: { path: 'node_modules/got' } },
    {
      name: 'class-transformer-in-one-place',
      severity: 'error',
      from: { path: '^lib/(?!schema/transformer)' },
      to: { path: 'node_modules/class-transformer' },
    },
    { name: 'hono-only-in-sandbox', severity: 'error', from: { path: '^lib/(?!sandbox/)' }, to: { path: 'node_modules/(hono|@hono)' } },
    { name: 'not-to-unresolvable', severity: 'error', from: { path: '^lib/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
