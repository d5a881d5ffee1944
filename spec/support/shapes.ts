// A process of its own, with the natives of V8: do all records of a class have one hidden class, however they came and what was done with them?
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';

const haveSameMap = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: object, b: object) => boolean;

const store = await Sandbox.start();
const session = Session.configure(store.credentials);
const [first, ...rest] = await Product.limit(20).all();
if (first === undefined) throw new Error('There are no products.');
const changed = await Product.find(30);
changed.price = 3;
changed.categories.push(7);
await changed.save();
await changed.images;
const given = Product.load({ id: 1, something: { new: true } });
const others = [...rest, changed, given, await Product.find(31), Product.ref(1)];
console.log(JSON.stringify({ compared: others.length, same: others.filter((other) => haveSameMap(first, other)).length }));
await session.close();
await store.stop();
