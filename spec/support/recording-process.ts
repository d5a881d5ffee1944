/** Records two requests and ends as it is told: `node recording-process.js FILE throw|exit|reject`. */
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { record } from 'bigrecord/testing';
import { Brand } from 'bigrecord/v3';

const [file = '', end] = process.argv.slice(2);
const store = await Sandbox.start();
const session = Session.configure(store.credentials);
record({ session, file });
await Brand.find(1);
await Brand.find(2);
if (end === 'throw')
  setTimeout(() => {
    throw new Error('The program failed.');
  });
else if (end === 'reject') void Promise.reject(new Error('The program failed.'));
else process.exit(3);
