import { join } from 'node:path';
import { initialise, install, SANDBOX, versionOf } from '../project.js';
import { tests } from '../programs.js';
import { run } from '../run.js';

const jestOn = ({ folder, node }, flags = []) => run(node, [...flags, join(folder, 'node_modules/jest/bin/jest.js'), '--ci'], { cwd: folder });
const asModules = (at) => jestOn(at, ['--experimental-vm-modules']);

/** The configurations are those of the tools' getting-started pages. Jest supports `import()` only for ES modules. */
const cell = (name, { tools = [], files, run: how, type }) => ({
  name: `Jest ${name}`,
  async prepare({ folder, tarball }) {
    initialise(folder, { type, ...files });
    await install(folder, ['jest@30', ...tools, tarball, ...SANDBOX]);
    return ['jest', ...tools.map((tool) => tool.replace(/(?<=.)@.*$/, '')).filter((tool) => !tool.startsWith('@types/'))]
      .map((tool) => `${tool} ${versionOf(folder, tool)}`)
      .join(', ');
  },
  run: how,
});

const TS_JEST = { tools: ['ts-jest@29', 'typescript@5.9', '@types/jest@30', '@types/node@22'] };

export const jest = [
  cell('CommonJS, plain JavaScript', { files: { 'app.test.js': tests({ module: 'cjs', isMixed: false }) }, run: jestOn }),
  cell('CommonJS, ts-jest', {
    ...TS_JEST,
    files: {
      'jest.config.js': `const { createDefaultPreset } = require("ts-jest");
const tsJestTransformCfg = createDefaultPreset().transform;
/** @type {import("jest").Config} **/
module.exports = { testEnvironment: "node", transform: { ...tsJestTransformCfg } };`,
      'app.test.ts': tests({ isTyped: true, hasDecorators: true, isMixed: false }).replace('import assert from', 'import * as assert from'),
    },
    run: jestOn,
  }),
  cell('CommonJS, babel', {
    tools: ['babel-jest@30', '@babel/core@7', '@babel/preset-env@7', '@babel/preset-typescript@7'],
    files: {
      'babel.config.js': `module.exports = { presets: [['@babel/preset-env', { targets: { node: 'current' } }], '@babel/preset-typescript'] };`,
      'app.test.ts': tests({ isTyped: true, isMixed: false }),
    },
    run: jestOn,
  }),
  cell('CommonJS, swc', {
    tools: ['@swc/core', '@swc/jest'],
    files: {
      'jest.config.js': `module.exports = { transform: { '^.+\\\\.(t|j)sx?$': '@swc/jest' } };`,
      'app.test.ts': tests({ isTyped: true, isMixed: false }),
    },
    run: jestOn,
  }),
  cell('CommonJS, swc with decorators', {
    tools: ['@swc/core', '@swc/jest'],
    files: {
      '.swcrc': { jsc: { parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true, decoratorMetadata: true } } },
      'jest.config.js': `module.exports = { transform: { '^.+\\\\.(t|j)sx?$': '@swc/jest' } };`,
      'app.test.ts': tests({ isTyped: true, hasDecorators: true, isMixed: false }),
    },
    run: jestOn,
  }),
  cell('ESM, plain JavaScript', {
    type: 'module',
    files: { 'jest.config.js': 'export default { transform: {} };', 'app.test.js': tests({}) },
    run: asModules,
  }),
  cell('ESM, ts-jest', {
    ...TS_JEST,
    type: 'module',
    files: {
      'jest.config.js': `import { createDefaultEsmPreset } from 'ts-jest';
export default { ...createDefaultEsmPreset() };`,
      'tsconfig.json': { compilerOptions: { module: 'NodeNext', target: 'ES2022', strict: true, isolatedModules: true, esModuleInterop: true } },
      'app.test.ts': tests({ isTyped: true, hasDecorators: true }),
    },
    run: asModules,
  }),
  cell('ESM, swc', {
    tools: ['@swc/core', '@swc/jest'],
    type: 'module',
    files: {
      'jest.config.js': `export default { transform: { '^.+\\\\.(t|j)sx?$': '@swc/jest' }, extensionsToTreatAsEsm: ['.ts'] };`,
      'app.test.ts': tests({ isTyped: true }),
    },
    run: asModules,
  }),
];
