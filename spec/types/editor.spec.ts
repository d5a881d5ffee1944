import { expect } from 'chai';
import { type Editor, openInEditor } from '../support/language-service.js';

const PROGRAM = `
import { Attribute, BelongsTo, HasMany, Model, Resource } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

@Resource('/widgets', { version: 'v3' })
class Widget extends Model<Widget> {
  @Attribute() id!: number;
  /** What shoppers read. */
  @Attribute() name!: string;
  @Attribute() madeAt!: Date;
  @HasMany(() => Part) parts!: HasMany<Part>;
  get isNamed(): boolean { return this.name !== ''; }
  polish(): void {}
}
@Resource('/widgets/:widget_id/parts', { version: 'v3' })
class Part extends Model<Part> {
  @Attribute() id!: number;
  @Attribute() label!: string;
  @BelongsTo(() => Widget, { key: 'widget_id' }) widget!: BelongsTo<Widget>;
}
@Resource('/gadgets', { version: 'v3' })
class Gadget extends Model<Gadget, unknown, 'parts' | 'extras'> {
  @Attribute() id!: number;
  @HasMany(() => Part) parts!: HasMany<Part>;
}
declare const product2: v2.Product;
declare const product3: v3.Product;
declare const widget: Widget;

v2.Product./*where2*/where({});
v3.Product./*where3*/where({});
v3.Product.where({})./*narrow3*/where({});
Widget./*whereWidget*/where({});
v2.Product.where({ /*filters2*/ });
v3.Product.where({ /*filters3*/ });
Widget.where({ /*filtersWidget*/ });

void v2.Product./*create2*/create({});
void v3.Product./*create3*/create({});
void Widget./*createWidget*/create({});
void v3.Product./*update3*/update(1, {});
product3./*assign3*/assign({});

v2.Order.include('/*include2*/');
v3.Product.include('/*include3*/');
v3.Customer.where({}).include('/*includeCustomers*/');
Widget.include('/*includeWidget*/');
Gadget.include('/*includeGadget*/');
v2.Product.preload('/*preload2*/');
v3.Product.where({}).preload('/*preload3*/');
v3.Product.preload('variants./*preloadNested*/');
Widget.preload('/*preloadWidget*/');

v2.Product.order('/*order2*/');
v3.Product.where({}).order('/*order3*/');
Widget.order('/*orderWidget*/');
v3.Product.select('/*select3*/');
Widget.where({}).select('/*selectWidget*/');
void v2.Product.pluck('/*pluck2*/');
void Widget.where({}).pluck('/*pluckWidget*/');

export const changes = [product2.changes./*price2*/price, product3.changes./*price3*/price, widget.changes./*madeAt*/madeAt];
export const /*selected*/selected = Widget.select('name');
export const [row] = await Widget.select('name');
if (row !== undefined) row./*row*/name;

void v3.Product./*find*/find(1);
void v3.Product.where({})./*findInQuery*/find(1);
Widget./*stable*/stable();
Widget./*saveMany*/saveMany([]);
`;

describe('an editor', function () {
  this.timeout(60_000);
  let editor: Editor;

  before(() => {
    editor = openInEditor(PROGRAM);
  });

  it('shows the filters of a model by name and type', () => {
    for (const mark of ['where3', 'narrow3'])
      expect(editor.hover(mark)).to.match(/filters: \{ (\w+\?: (Filter<\w+>|FlagFilter) \| undefined; )+\.\.\./);
    expect(editor.hover('where2')).to.match(/filters: \{ (\w+\?: (\w+|(Range|RangeFilter)<[^>]+>) \| undefined; )+\.\.\./);
    expect(editor.hover('whereWidget')).to.include('name?: Filter<string | Date> | undefined;').and.to.include('& UncheckedFilters');
  });

  it('completes the filters of a model', () => {
    expect(editor.completions('filters2')).to.include.members(['id', 'is_visible', 'min_id']);
    expect(editor.completions('filters3')).to.include.members(['id', 'inventory_level', 'is_visible']);
    expect(editor.completions('filtersWidget')).to.deep.equal(['id', 'isNamed', 'madeAt', 'name']);
  });

  it('shows the attributes of a new record, and of a change, as one flat object', () => {
    for (const mark of ['create2', 'create3']) expect(editor.hover(mark)).to.include('attributes: { name: string; type: ');
    expect(editor.hover('createWidget')).to.include('madeAt?: Date | undefined; parts?: readonly (Part |');
    for (const mark of ['update3', 'assign3']) expect(editor.hover(mark)).to.include('attributes: { name?: string | undefined; type?: ');
    for (const mark of ['create2', 'create3', 'createWidget', 'update3', 'assign3'])
      expect(editor.hover(mark)).not.to.match(/GivenAttributes|NewAttributes|attributes\??: [^}]*\} &/);
  });

  it('completes what include() takes: the names that the model declares, else its relations', () => {
    expect(editor.completions('include2')).to.deep.equal(['consignments', 'consignments.line_items', 'fees']);
    expect(editor.completions('include3')).to.include.members(['images', 'options', 'variants']).and.not.to.include('brand');
    expect(editor.completions('includeCustomers')).to.include.members(['addresses', 'storecredit']).and.not.to.include('metafields');
    expect(editor.completions('includeWidget')).to.deep.equal(['parts']);
    expect(editor.completions('includeGadget')).to.deep.equal(['extras', 'parts']);
  });

  it('completes the relations that preload() takes, and those of what they lead to', () => {
    expect(editor.completions('preload2')).to.include.members(['brand', 'images', 'skus']).and.not.to.include('name');
    expect(editor.completions('preload3')).to.include.members(['brand', 'images', 'variants']).and.not.to.include('name');
    expect(editor.completions('preloadNested')).to.include('variants.metafields');
    expect(editor.completions('preloadWidget')).to.deep.equal(['parts']);
  });

  it('completes the attributes that order(), select() and pluck() take', () => {
    for (const mark of ['order2', 'order3', 'select3', 'pluck2'])
      expect(editor.completions(mark)).to.include.members(['id', 'name', 'price']).and.not.to.include.members(['images']);
    for (const mark of ['orderWidget', 'selectWidget', 'pluckWidget'])
      expect(editor.completions(mark)).to.include.members(['id', 'madeAt', 'name']).and.not.to.include.members(['parts']);
  });

  it('shows old and new value of a change as a pair of what the attribute holds', () => {
    expect(editor.hover('price2')).to.equal('(property) price?: readonly [before: Money, after: Money] | undefined');
    expect(editor.hover('price3')).to.equal('(property) price?: readonly [before: number, after: number] | undefined');
    expect(editor.hover('madeAt')).to.equal('(property) madeAt?: readonly [before: Date, after: Date] | undefined');
  });

  it('names what a selection has: its key and attributes, methods and relations, no getters', () => {
    expect(editor.hover('selected')).to.equal('const selected: Query<Selected<Widget, "name">>');
    expect(editor.docs('row')).to.equal('What shoppers read.');
    const names = editor.completions('row');
    expect(names).to.include.members(['id', 'name', 'parts', 'polish', 'save', 'changes']);
    expect(names).not.to.include.members(['madeAt']).and.not.to.include.members(['isNamed']);
  });

  it('shows the same documentation of a call on a model and on a query', () => {
    expect(editor.docs('find')).to.match(/^Returns the record with this key/);
    expect(editor.docs('findInQuery')).to.equal(editor.docs('find'));
    expect(editor.docs('stable')).to.match(/^Reads in the order of keys/);
    expect(editor.docs('saveMany')).to.match(/^Saves many records/);
    for (const mark of ['where2', 'where3', 'whereWidget', 'create3', 'update3']) expect(editor.docs(mark), mark).not.to.equal('');
    expect(editor.hover('find')).to.equal(
      '(method) ModelStatics.find<v3.Product>(this: Class<v3.Product>, key: Key, options?: RecordCallOptions<v3.Product, "get"> | undefined): Promise<v3.Product> (+1 overload)',
    );
  });
});
