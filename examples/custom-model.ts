/** Your own model, with a hook, a validation and a value object; and a subclass of a built-in model. */
import { Attribute, BeforeSave, Model, Resource, Session, Validate, ValidationError } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';
import { printRequests, show } from './support/store.js';

class Size {
  width!: number;
  height!: number;

  get area(): number {
    return this.width * this.height;
  }
}

@Resource('/widgets', { version: 'v3' })
class Widget extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Validate((name) => (name === '' ? 'must not be empty' : undefined)) @Attribute({ required: true }) name!: string;
  @Attribute(() => Size) size!: Size;
  @Attribute(() => Date) sold_until!: Date | null;

  @BeforeSave() trim(): void {
    this.name = this.name.trim();
  }
}

@Resource()
class Mug extends Product {
  get isCheap(): boolean {
    return this.price < 20;
  }
}

const sandbox = await Sandbox.start({ models: [Widget] });
printRequests(Session.configure(sandbox.credentials));

const widget = await show(
  "const widget = await Widget.create({ name: ' Banner ', size: { width: 3, height: 2 } });",
  () => Widget.create({ name: ' Banner ', size: { width: 3, height: 2 } }),
  ({ id, name }) => ({ id, name }),
);
await show('widget.size.area', () => widget.size.area);
widget.size.width = 5;
widget.sold_until = new Date('2027-01-31');
await show(
  'widget.size.width = 5; await widget.save();',
  () => widget.save(),
  ({ size }) => size,
);
widget.name = '  ';
await show("widget.name = '  '; await widget.save();   // the validation fails, nothing is sent", async () => {
  try {
    await widget.save();
  } catch (error) {
    return error instanceof ValidationError ? error.errors : error;
  }
});
await show('(await Mug.find(1)).isCheap;       // a built-in model, extended', async () => (await Mug.find(1)).isCheap);

await sandbox.stop();
