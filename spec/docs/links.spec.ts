import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import * as bigrecord from 'bigrecord';
import { expect } from 'chai';
import { PAGES } from '../support/guide-pages.js';
import { ROOT } from '../support/run.js';

const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

const withoutBlocks = (page: string): string => textOf(page).replaceAll(/^```.*?^```$/gms, '');

/** A page without its code, where a bracket is no link. */
const proseOf = (page: string): string => withoutBlocks(page).replaceAll(/`[^`\n]*`/g, '');

/** The anchors of the headings of a page, as GitHub and VitePress both make them. */
const anchorsOf = (page: string): string[] =>
  [...withoutBlocks(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s+/g, '-'),
  );

describe('links of the documentation', () => {
  it('lead to files and headings that exist', () => {
    const dead: string[] = [];
    let count = 0;
    for (const page of PAGES)
      for (const [, target = ''] of proseOf(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
        count++;
        const [path = '', anchor] = target.split('#');
        const file = path === '' ? page : normalize(join(dirname(page), path));
        if (!existsSync(join(ROOT, file))) dead.push(`${page}: ${target}`);
        else if (anchor !== undefined && !anchorsOf(file).includes(anchor)) dead.push(`${page}: ${target} has no such heading`);
      }
    expect(dead).to.deep.equal([]);
    expect(count).to.be.above(80);
  });

  it('lead to every guide from the sidebar of the site', () => {
    const config = textOf('docs/.vitepress/config.ts');
    const missing = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/index.md' && page !== 'docs/models.md').filter(
      (page) => !config.includes(`'${page.slice('docs/'.length, -'.md'.length)}'`),
    );
    expect(missing).to.deep.equal([]);
  });
});

describe('docs/guide/errors.md', () => {
  it('says when each class of error is thrown, and what to do', () => {
    const rows = textOf('docs/guide/errors.md').match(/^\| `(\w+)` \|/gm) ?? [];
    const named = rows.map((row) => row.replaceAll(/[|` ]/g, ''));
    const classes = Object.entries(bigrecord)
      .filter(([, value]) => typeof value === 'function' && value.prototype instanceof bigrecord.BigRecordError)
      .map(([name]) => name)
      .filter((name) => name !== 'HttpError');
    expect(named).to.include.members(classes);
    expect(classes).to.have.length.above(20);
  });
});
