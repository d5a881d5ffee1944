/** Settings of the store, and what one channel has set of its own. */
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { StorefrontCategorySettings, StorefrontSeoSettings } from 'bigrecord/v3';
import { printRequests, show } from './support/store.js';

const sandbox = await Sandbox.start();
printRequests(Session.configure(sandbox.credentials));

const store = await show('const store = await StorefrontSeoSettings.get();', () => StorefrontSeoSettings.get());
await show("await store.update({ page_title: 'Everything for the kitchen' });", () =>
  store.update({ page_title: 'Everything for the kitchen' }),
);

const channel = await show('const channel = await StorefrontSeoSettings.where({ channel_id: 2 }).get();', () =>
  StorefrontSeoSettings.where({ channel_id: 2 }).get(),
);
channel.page_title = 'The outlet';
await show("channel.page_title = 'The outlet'; await channel.save();   // the channel stays with the record", () => channel.save());
await show('(await store.reload()).page_title', async () => (await store.reload()).page_title);

channel.page_title = null;
await show("channel.page_title = null; await channel.save();   // null: the store's setting again", () => channel.save());
await show('(await channel.reload()).page_title', async () => (await channel.reload()).page_title);

await show('await StorefrontCategorySettings.get({ params: { channel_id: 2 } });', () =>
  StorefrontCategorySettings.get({ params: { channel_id: 2 } }),
);
await sandbox.stop();
