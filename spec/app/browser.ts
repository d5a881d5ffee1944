/**
 * Uses the example app in a real browser, inside the control panel of the sandbox, and writes the screenshots of docs/app.md:
 * `npm run test:app`. Skipped where there is no Chromium.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import axe from 'axe-core';
import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';
import { buildApp } from '../../examples/app/app.js';
import { readSettings } from '../../examples/app/settings.js';
import { type StoreServer, startStoreServer } from '../../lib/cli/sandbox/store-server.js';
import { environmentFor } from '../support/example-app.js';
import { ROOT } from '../support/run.js';
import { until } from '../support/waiting.js';

const SCREENSHOTS = join(ROOT, 'docs/screenshots');
const MOST_BYTES = 150_000;
const WIDE = { width: 1100, height: 760 };
const NARROW = { width: 360, height: 740 };

/** The browser of Debian, or another Chromium on the path. */
function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return ['/usr/bin/chromium', ...folders.flatMap((folder) => names.map((name) => join(folder, name)))].find((file) => existsSync(file));
}

/** A port that is free now: the app must know its own address before it starts. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

describe('the example app in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let server: StoreServer;
  let app: FastifyInstance;
  let folder: string;
  /** The control panel, which is another site than the app. */
  let panel: string;
  /** Somebody else who changes the store. */
  let session: Session;
  /** What the browser has complained of: scripts, styles or frames that a policy has blocked, and errors of scripts. */
  const complaints: string[] = [];

  before(async function () {
    const executablePath = findChromium();
    if (executablePath === undefined) {
      console.log('    There is no Chromium here: install one to run these specs.');
      return this.skip();
    }
    // As browsers without cookies of other sites do it: the cookie of the app must be partitioned.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--test-third-party-cookie-phaseout'] });
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-app-'));
    await mkdir(SCREENSHOTS, { recursive: true });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    server = await startStoreServer({ port: 0, allowedHosts: [], apps: [url], onExchange: () => {} });
    panel = server.credentials.baseUrl.replace('127.0.0.1', 'localhost');
    const environment = { ...environmentFor(server.store, url, folder), FRAME_ANCESTORS: panel };
    for (const name of ['BIGCOMMERCE_API_URL', 'BIGCOMMERCE_LOGIN_URL']) Object.assign(environment, { [name]: server.credentials.baseUrl });
    app = await buildApp(readSettings(environment));
    await app.listen({ host: '127.0.0.1', port });
    session = new Session(server.credentials);
    context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', baseURL: panel });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  after(async () => {
    await browser?.close();
    await app?.close();
    await session?.close();
    await server?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const frame = (): FrameLocator => page.frameLocator('iframe');
  const heading = (name: string | RegExp) => frame().getByRole('heading', { level: 1, name });

  /** Opens the app from the control panel, as a member of the staff. */
  async function open(user = 'Olivia Owner'): Promise<void> {
    await page.goto('/__sandbox/apps');
    await page.getByRole('combobox', { name: 'Open as' }).selectOption({ label: user });
    await page.getByRole('button', { name: 'Open', exact: true }).click();
  }

  /** Checks what is shown with axe, wide and narrow, and that nothing is wider than a telephone. */
  async function check(name: string): Promise<void> {
    for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
      await page.setViewportSize(viewport);
      const shown = page.frames().at(-1);
      if (shown === undefined) throw new Error('There is no page.');
      await shown.waitForLoadState();
      await shown.evaluate(axe.source);
      const violations = await shown.evaluate<{ id: string; nodes: string[] }[]>(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })))',
      );
      expect(violations, `${name}, ${size}`).to.deep.equal([]);
      for (const each of page.frames())
        expect(
          await each.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
          `${name}, ${size}: how much wider ${each.url()} is than what shows it`,
        ).to.equal(0);
      const file = join(SCREENSHOTS, `${name}${size === 'wide' ? '' : '-narrow'}.png`);
      await page.screenshot({ path: file, scale: 'css' });
      expect((await stat(file)).size).to.be.below(MOST_BYTES);
    }
    await page.setViewportSize(WIDE);
  }

  it('is listed in the control panel, and installed there', async () => {
    await page.goto('/__sandbox/apps');
    await check('control-panel');
    await page.getByRole('button', { name: 'Install' }).click();
    await heading('Newest orders').waitFor();
    await page.goto('/__sandbox/apps');
    await page.getByText('Installed.', { exact: true }).waitFor();
    await check('control-panel-installed');
  });

  it('shows the newest orders', async () => {
    await open();
    await heading('Newest orders').waitFor();
    await frame().getByText('20 orders with customers and lines, in 2 requests to the store.').waitFor();
    await check('orders');
  });

  it('shows what a webhook tells of', async () => {
    await server.store.deliver('store/order/statusUpdated', {
      type: 'order',
      id: 139,
      status: { previous_status_id: 1, new_status_id: 5 },
    });
    await open();
    await frame().getByText('Order 139 is now').waitFor();
  });

  it('previews a bulk change, runs it with live progress, and puts the old prices back', async () => {
    const { store } = server;
    await open();
    await frame().getByRole('link', { name: 'Prices' }).click();
    await frame().getByLabel('Change in percent').fill('10');
    await frame().getByLabel('New prices end in').selectOption('.99');
    await frame().getByRole('button', { name: 'Preview' }).click();
    await frame().getByText('60 of 60 products would change').waitFor();
    await check('preview');
    store.latency = 400;
    store.fail({ status: 422, times: 2, method: 'PUT', path: '/v3/catalog/products' });
    await frame().getByRole('button', { name: 'Change 60 prices' }).click();
    await heading(/^\+10 %/).waitFor();
    // The bar moves without a new page.
    const shown = page.frames().at(-1);
    await shown?.evaluate('globalThis.isSamePage = true');
    await until(() => shown?.evaluate('globalThis.isSamePage === true && document.querySelector("progress").value >= 20'), 'progress');
    store.latency = 0;
    await page.screenshot({ path: join(SCREENSHOTS, 'progress.png'), scale: 'css' });
    await frame().getByText('done', { exact: true }).waitFor();
    await check('change');
    await Product.using(session).update(1, { price: 5 });
    await frame().getByRole('button', { name: 'Put the old prices back' }).click();
    await frame().getByText('reverted', { exact: true }).waitFor();
    await check('reverted');
  });

  it('cancels a bulk change', async () => {
    const { store } = server;
    await open();
    await frame().getByRole('link', { name: 'Prices' }).click();
    await frame().getByLabel('Change in percent').fill('-5');
    await frame().getByRole('button', { name: 'Preview' }).click();
    store.latency = 400;
    await frame()
      .getByRole('button', { name: /^Change \d+ prices/ })
      .click();
    await frame().getByRole('button', { name: 'Cancel' }).click();
    store.latency = 0;
    await frame().getByText('cancelled', { exact: true }).waitFor();
  });

  it('works without scripts', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, viewport: NARROW, baseURL: panel });
    const tab = await plain.newPage();
    await tab.goto('/__sandbox/apps/1?user=7');
    const inside = tab.frameLocator('iframe');
    await inside.getByRole('link', { name: 'Prices' }).click();
    await inside.getByLabel('Products').selectOption('Ember');
    await inside.getByLabel('Change in percent').fill('3');
    await inside.getByRole('button', { name: 'Preview' }).click();
    await inside.getByRole('button', { name: /^Change \d+ prices/ }).click();
    await inside.getByText('done', { exact: true }).waitFor();
    await plain.close();
  });

  it('lets no user in who was removed', async () => {
    await open('Sam Staff');
    await frame().getByText('sam@example.com').waitFor();
    const address = page.frames().at(-1)?.url() ?? '';
    await page.goto('/__sandbox/apps');
    await page.getByRole('button', { name: 'Remove Sam Staff' }).click();
    await page.getByText('/remove_user responded with 200.').waitFor();
    expect((await context.request.get(address)).status()).to.equal(401);
  });

  it('is uninstalled, and lets nobody in then', async () => {
    await open();
    await heading('Newest orders').waitFor();
    const tab = await context.newPage();
    await tab.goto('/__sandbox/apps');
    await tab.getByRole('button', { name: 'Uninstall' }).click();
    await tab.getByText('Not installed.').waitFor();
    await frame().getByRole('link', { name: 'Prices' }).click();
    await heading('Open the app again').waitFor();
    complaints.splice(0, Number.POSITIVE_INFINITY, ...complaints.filter((text) => !text.includes('401')));
  });

  it('had nothing to complain of, for the browser', () => {
    expect(complaints).to.deep.equal([]);
  });
});
