// The store of the soak run, in a separate process: a sandbox behind a proxy that injects faults.
import { Sandbox } from 'bigrecord/sandbox';
import { fillProducts } from '../spec/support/big-store.js';
import { faultProxy, seeded } from '../spec/support/fault-proxy.js';

const store = await Sandbox.start();
fillProducts(store, 2000, true);
const proxy = await faultProxy(store.credentials.baseUrl, seeded(1));
setInterval(() => (store.requests.length = 0), 1000);
process.send?.({ ...store.credentials, baseUrl: `http://127.0.0.1:${proxy.port}` });
process.on('disconnect', () => process.exit());
