/** Prints the milliseconds of the first start of a process. */
import { Sandbox } from 'bigrecord/sandbox';

const begun = performance.now();
const store = await Sandbox.start({ port: false });
console.log(performance.now() - begun);
await store.stop();
