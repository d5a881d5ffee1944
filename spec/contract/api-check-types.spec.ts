import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript5';
import { type Action, apiCheck, type FieldShape, type Shape } from './api-check-tools.js';

const SOURCE = `
type Options = { version?: string; body?: unknown; query?: object };
declare function act<T>(target: object, method: string, path: string, options?: Options): Promise<T>;
declare function sessionFor(model: object): { delete(path: string, options?: Options): Promise<unknown> };
declare function formOf(field: string): FormData;
interface FormData { append(name: string): void }

interface Address { readonly id: number; city: string; note?: string; format(): string }
interface Tree { children: Tree[] }
type Open<K extends string> = K | (string & {});

export class Widget {
  text!: string;
  count!: number | null;
  closed!: 'a' | 'b' | null;
  open!: Open<'usps' | 'fedex'>;
  levels!: 1 | 2;
  flag!: boolean;
  at!: Date | null;
  address!: Address;
  many!: readonly Address[];
  either!: { url: string } | { id: number };
  any!: Record<string, unknown>;
  nothing!: unknown;
  tree!: Tree;

  move(target: string, speed: number): Promise<{ id: number }> {
    return act(this, 'POST', 'moves', { body: { target, speed } });
  }
  async drop(item: string, options?: Options): Promise<void> {
    await act(this, 'DELETE', \`items/\${item}\`, { version: 'v2', ...options });
  }
  static events(kind: 'import' | 'export', id: string): Promise<{ name: string }[]> {
    return act(sessionFor(this), 'GET', \`/jobs/\${kind}/\${id}/events\`);
  }
  static async revoke(channel_id?: number): Promise<void> {
    await sessionFor(this).delete('/token', { ...(channel_id === undefined ? {} : { query: { channel_id } }) });
  }
  upload(): Promise<unknown> {
    return act(this, 'POST', 'image', { body: formOf('image') });
  }
}
`;

describe('what npm run api:check reads from TypeScript', function () {
  this.timeout(60_000);
  let folder: string;
  let fields: Record<string, FieldShape>;
  let actions: Map<string, Action>;

  before(async () => {
    const { typeReader, readActions } = await apiCheck();
    folder = await mkdtemp(join(tmpdir(), 'types-'));
    await mkdir(join(folder, 'resources/v3'), { recursive: true });
    const file = join(folder, 'resources/v3/widgets.ts');
    await writeFile(file, SOURCE);
    const program = ts.createProgram([file], { strict: true, target: ts.ScriptTarget.ES2022, types: [] });
    const checker = program.getTypeChecker();
    const source = program.getSourceFiles().filter(({ fileName }) => fileName.endsWith('widgets.ts'));
    const module = source[0] === undefined ? undefined : checker.getSymbolAtLocation(source[0]);
    const [widget] = module === undefined ? [] : checker.getExportsOfModule(module);
    if (widget === undefined) throw new Error('the source has no class');
    const read = typeReader(checker, () => undefined);
    fields = read(checker.getDeclaredTypeOfSymbol(widget)).objects[0]?.fields ?? {};
    actions = new Map(readActions(source, checker, read).map(({ action }) => [action.name, action]));
  });

  after(() => rm(folder, { recursive: true }));

  const at = (name: string): Shape => {
    const field = fields[name];
    if (field === undefined) throw new Error(`no field ${name}`);
    return field.shape;
  };

  it('scalars, null, dates and enumerations, open ones too', () => {
    expect(at('text').scalars).to.deep.equal(['string']);
    expect(at('text').nullable).to.equal(false);
    expect(at('count')).to.include({ nullable: true }).and.to.have.property('scalars').that.deep.equals(['number']);
    expect(at('closed').values).to.have.members(['a', 'b']);
    expect(at('closed').nullable).to.equal(true);
    expect(at('open').values).to.have.members(['usps', 'fedex']);
    expect(at('levels').values).to.have.members(['1', '2']);
    expect(at('flag')).to.deep.include({ scalars: ['boolean'], values: [] });
    expect(at('at')).to.deep.include({ scalars: ['date'], nullable: true });
  });

  it('fields of objects: read-only, optional, without methods', () => {
    const [address] = at('address').objects;
    expect(Object.keys(address?.fields ?? {})).to.have.members(['id', 'city', 'note']);
    expect(address?.fields['id']?.readOnly).to.equal(true);
    expect(address?.fields['city']?.readOnly).to.equal(false);
    expect(address?.required).to.have.members(['id', 'city']);
    expect(at('many').items?.objects[0]?.fields).to.have.property('city');
  });

  it('alternatives, values of which nothing is said, and types that contain themselves', () => {
    expect(at('either').objects.map((each) => Object.keys(each.fields))).to.deep.equal([['url'], ['id']]);
    expect(at('any').objects[0]).to.include({ isOpaque: true });
    expect(at('nothing').isUnknown).to.equal(true);
    const tree = at('tree');
    expect(tree.objects[0]?.fields['children']?.shape.items).to.equal(tree);
  });

  it('the requests that methods send, with what they take and return', () => {
    const move = actions.get('Widget.move');
    expect(move).to.deep.include({ method: 'POST', version: 'v3', place: { of: 'record' }, paths: ['moves'], form: 'row' });
    expect(Object.keys(move?.body?.objects[0]?.fields ?? {})).to.have.members(['target', 'speed']);
    expect(actions.get('Widget.drop')).to.deep.include({ method: 'DELETE', version: 'v2', paths: ['items/{}'], form: 'none' });
    expect(actions.get('Widget.upload')).to.include({ isForm: true, form: 'unknown' });
  });

  it('paths with a closed set of words, and query parameters of a conditional spread', () => {
    expect(actions.get('Widget.events')?.paths).to.have.members(['/jobs/import/{}/events', '/jobs/export/{}/events']);
    expect(actions.get('Widget.events')).to.deep.include({ place: { of: 'store' }, form: 'rows' });
    expect(actions.get('Widget.revoke')?.parameters).to.have.property('channel_id');
  });
});
