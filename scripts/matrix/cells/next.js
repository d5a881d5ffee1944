import { join } from 'node:path';
import { install, SANDBOX, versionOf, writeFiles } from '../project.js';
import { run, withServer } from '../run.js';

/** The starter's configuration stays unchanged; its layout is replaced, because it loads fonts from the network. */
const FILES = {
  'app/layout.tsx': `export default function RootLayout({ children }: { children: React.ReactNode }) {
  return <html lang="en"><body>{children}</body></html>;
}
`,
  'instrumentation.ts': `export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { Session } = await import('bigrecord');
  const { Sandbox } = await import('bigrecord/sandbox');
  const store = await Sandbox.start();
  Session.configure(store.credentials);
}
`,
  'app/products/[id]/page.tsx': `import { Product } from 'bigrecord/v3';
import { Suspense } from 'react';
type Props = { params: Promise<{ id: string }> };
async function Name({ params }: Props) {
  const product = await Product.find(Number((await params).id));
  return <h1>Product: {product.name}</h1>;
}
export default function Page(props: Props) {
  return <Suspense fallback={null}><Name {...props} /></Suspense>;
}
`,
  'app/api/products/[id]/route.ts': `import { RecordNotFoundError } from 'bigrecord';
import { Product } from 'bigrecord/v3';
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }) {
  try {
    return Response.json(await Product.find(Number((await params).id)));
  } catch (error) {
    if (error instanceof RecordNotFoundError) return new Response('none', { status: 404 });
    throw error;
  }
}
`,
};

async function ask(address) {
  const expect = async (path, status, text) => {
    const response = await fetch(`${address}${path}`);
    const body = await response.text();
    if (response.status !== status || !body.includes(text)) throw new Error(`GET ${path} returned ${response.status}: ${body.slice(0, 300)}`);
  };
  await expect('/api/products/1', 200, '"id":1');
  await expect('/api/products/999999', 404, 'none');
  await expect('/products/1', 200, '<h1>Product:');
}

const cell = (version) => ({
  name: `Next ${version}`,
  async prepare({ folder, tarball }) {
    const options = ['--ts', '--app', '--no-eslint', '--no-tailwind', '--no-src-dir', '--import-alias', '@/*', '--use-npm', '--yes'];
    await run('npx', ['--yes', `create-next-app@${version}`, 'app', ...options], { cwd: folder, seconds: 300, env: { NEXT_TELEMETRY_DISABLED: '1' } });
    const app = join(folder, 'app');
    await install(app, [tarball, ...SANDBOX]);
    writeFiles(app, FILES);
    return ['next', 'react'].map((tool) => `${tool} ${versionOf(app, tool)}`).join(', ');
  },
  rows: [
    {
      name: 'next build, next start: instrumentation, a page, a route',
      async run({ folder, node, path }) {
        const at = { cwd: join(folder, 'app'), env: { NEXT_TELEMETRY_DISABLED: '1', PATH: path } };
        const binary = 'node_modules/next/dist/bin/next';
        await run(node, [binary, 'build'], { ...at, seconds: 240 });
        await withServer(node, [binary, 'start', '-H', '127.0.0.1'], at, ask);
      },
    },
  ],
});

export const next = [cell(15), cell(16)];
