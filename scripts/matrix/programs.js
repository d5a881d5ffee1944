/** Programs that the cells run. Each terminates, and fails if a check fails. */

/** How a program loads the package: with import or require. */
const IMPORTS = {
  esm: `import assert from 'node:assert/strict';
import * as core from 'bigrecord';
import * as v3 from 'bigrecord/v3';
import { Sandbox } from 'bigrecord/sandbox';`,
  cjs: `const assert = require('node:assert/strict');
const core = require('bigrecord');
const v3 = require('bigrecord/v3');
const { Sandbox } = require('bigrecord/sandbox');`,
};

/** The basics: read, change, save, an unknown filter, an error. */
const JOB = `
  const store = await Sandbox.start();
  try {
    core.Session.configure(store.credentials);
    const product = await v3.Product.find(1);
    product.price = 12;
    await product.save();
    assert.deepEqual(store.requests.map(({ method, body }) => [method, body ?? null]), [['GET', null], ['PUT', { price: 12 }]]);
    assert.throws(() => v3.Product.where({ nmae: 'x' } as never), core.UnknownFilterError);
    await assert.rejects(v3.Product.find(999999), core.RecordNotFoundError);
    assert.equal(product instanceof core.Model, true);
  } finally {
    await store.stop();
  }`;

/** Checks that the other way of loading gives the same objects. */
const SAME = {
  esm: `const { createRequire } = await import('node:module');
  assert.equal(createRequire(import.meta.url)('bigrecord').Session, core.Session);
  assert.equal(createRequire(import.meta.url)('bigrecord/v3').Product, v3.Product);`,
  cjs: `assert.equal((await import('bigrecord')).Session, core.Session);
  assert.equal((await import('bigrecord/v3')).Product, v3.Product);`,
};

/** A custom model with decorators. */
const WIDGET = `
@core.Resource('/widgets', { version: 'v3' })
class Widget extends core.Model<Widget> {
  @core.Attribute({ readOnly: true }) id!: number;
  @core.Attribute() name!: string;
}
`;
const WIDGET_JOB = `
  const store = await Sandbox.start({ models: [Widget] });
  try {
    core.Session.configure(store.credentials);
    const widget = await Widget.create({ name: 'Banner' });
    assert.equal((await Widget.find(widget.id)).name, 'Banner');
  } finally {
    await store.stop();
  }`;

const untyped = (text) => text.replaceAll(' as never', '');

/**
 * A test file. \`test\` is the runner's function for a test, \`before\` the top of the file.
 */
export function tests({ module = 'esm', before = '', test = 'test', isTyped = false, hasDecorators = false, isMixed = true, how = module }) {
  const job = isTyped ? JOB : untyped(JOB);
  return `${before}
${IMPORTS[module]}
${hasDecorators ? WIDGET : ''}
${test}('reads and saves', async () => {${job}
});
${isMixed ? `${test}('is one copy', async () => {\n  ${SAME[how]}\n});` : ''}
${hasDecorators ? `${test}('has models of its own', async () => {${WIDGET_JOB}\n});` : ''}
`;
}

/** The same as a program that prints \`ok\`. */
export function program({ module, isMixed = true }) {
  return `${IMPORTS[module]}
(async () => {${untyped(JOB)}
  ${isMixed ? SAME[module] : ''}
  console.log('ok');
})();
`;
}
