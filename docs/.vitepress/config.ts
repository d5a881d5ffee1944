import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DefaultTheme, defineConfig } from 'vitepress';

const DOCS = resolve(import.meta.dirname, '..');

/** The pages of the sidebar, by part. To add a page, add a line: its title, and its path below docs/ without an ending. */
const PARTS: readonly (readonly [part: string, pages: readonly (readonly [title: string, path: string])[]])[] = [
  [
    'Start',
    [
      ['Install', 'guide/install'],
      ['First five minutes', 'guide/first-steps'],
      ['V2 or V3', 'guide/v2-or-v3'],
    ],
  ],
  [
    'Records',
    [
      ['Queries', 'guide/queries'],
      ['Relations', 'guide/relations'],
      ['Saving', 'guide/saving'],
      ['Orders, lines and fees', 'guide/orders'],
      ['Models of your own', 'guide/custom-models'],
      ['Values and validation', 'guide/values'],
      ['Recipes', 'guide/recipes'],
    ],
  ],
  [
    'Scale',
    [
      ['Bulk writes and resuming', 'guide/bulk'],
      ['Large stores', 'guide/large-stores'],
      ['Many stores', 'guide/stores'],
      ['Rate limits', 'guide/rate-limits'],
      ['Limits shared in Redis', 'guide/redis'],
      ['Jobs', 'guide/jobs'],
      ['From one script to a thousand stores', 'guide/scale'],
    ],
  ],
  [
    'Apps',
    [
      ['OAuth and signed payloads', 'guide/oauth'],
      ['Webhooks', 'webhooks'],
      ['An example app', 'app'],
    ],
  ],
  [
    'Operation',
    [
      ['Errors, and what to do', 'guide/errors'],
      ['Observability', 'observability'],
      ['Networks', 'networks'],
      ['The command', 'cli'],
      ['Export, import, generate', 'cli-data'],
    ],
  ],
  [
    'Tests',
    [
      ['Testing your code', 'testing'],
      ['Record and replay', 'recording'],
    ],
  ],
  [
    'Coming from',
    [
      ['The Python client', 'from-the-python-client'],
      ['PHP, Ruby and Node clients', 'from-other-clients'],
    ],
  ],
  [
    'About',
    [
      ['Architecture', 'architecture'],
      ['Faults', 'faults'],
      ['Benchmarks', 'benchmarks'],
      ['Soak run', 'soak'],
      ['Compatibility', 'compatibility'],
      ['Support and versioning', 'support'],
      ['Upgrading', 'upgrading'],
      ['Keeping up with the API', 'updating'],
    ],
  ],
];

const guides: DefaultTheme.SidebarItem[] = PARTS.map(([text, pages]) => ({
  text,
  items: pages.map(([title, path]) => ({ text: title, link: `/${path}` })),
}));

/** The pages of a generated folder, in the order of their names. */
function generated(folder: string, text: string): DefaultTheme.SidebarItem {
  const path = resolve(DOCS, folder);
  const names = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.md') && name !== 'index.md') : [];
  return {
    text,
    collapsed: true,
    items: names.sort().map((name) => ({ text: name.slice(0, -3), link: `/${folder}/${name.slice(0, -3)}` })),
  };
}

const reference: DefaultTheme.SidebarItem[] = [
  { text: 'Reference', items: [{ text: 'All models', link: '/reference/' }] },
  generated('reference/v3', 'bigrecord/v3'),
  generated('reference/v2', 'bigrecord/v2'),
];

/** The entry points, in the folders that TypeDoc makes of them. */
const ENTRIES = ['index', 'sandbox', 'testing', 'webhooks', 'oauth', 'redis', 'jobs', 'resources/v3', 'resources/v2'];
const api: DefaultTheme.SidebarItem[] = [
  {
    text: 'API',
    items: [
      { text: 'Entry points', link: '/reference/api/' },
      ...ENTRIES.map((folder) => ({
        text: folder === 'index' ? 'bigrecord' : `bigrecord/${folder.replace('resources/', '')}`,
        link: `/reference/api/${folder}/`,
      })),
    ],
  },
];

export default defineConfig({
  title: 'bigrecord',
  description: 'Active Record for BigCommerce, in TypeScript',
  lang: 'en',
  srcExclude: ['api/**', 'node_modules/**', 'recordings/**'],
  outDir: '../dist/site',
  cacheDir: '../dist/site-cache',
  cleanUrls: false,
  lastUpdated: false,
  // `DOCS_BASE=/bigrecord/` for a site that lives in a folder of its host.
  base: process.env['DOCS_BASE'] ?? '/',
  markdown: {
    config: (md) => {
      const { highlight } = md.options;
      md.options.highlight = (code, language, attributes) =>
        highlight?.(code, language === 'output' ? 'txt' : language, attributes) ?? '';
      // Two braces are text on our pages, never an expression of Vue.
      for (const rule of ['text', 'code_inline'] as const) {
        const render = md.renderer.rules[rule];
        md.renderer.rules[rule] = (...given) => (render?.(...given) ?? '').replaceAll('{{', '&#123;&#123;');
      }
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    nav: [
      { text: 'Guide', link: '/guide/first-steps' },
      { text: 'Models', link: '/reference/' },
      { text: 'API', link: '/reference/api/' },
    ],
    sidebar: { '/reference/api/': api, '/reference/': reference, '/': guides },
  },
});
