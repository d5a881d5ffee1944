import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Session } from 'bigrecord';
import { type LoggedRequest, Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { type Call, callEverything, FOLDER } from './python-client/calls.js';

/** A checkout of bigcommerce/bigcommerce-api-python, whose package is in the folder `bigcommerce`. */
const CHECKOUT = process.env['PYTHON_CLIENT'] ?? '';
const hasClient = existsSync(join(CHECKOUT, 'bigcommerce/api.py')) && spawnSync('python3', ['-c', 'import requests']).status === 0;

describe('every call of the official Python client', function () {
  this.timeout(60_000);
  let store: Sandbox;
  let sent: string[];

  before(async () => {
    store = await Sandbox.start();
  });
  after(() => store.stop());

  it('is responded to as the client expects, with the same requests', async () => {
    const session = new Session({ ...store.credentials, retry: false });
    const calls = await callEverything(session);
    await session.close();
    sent = store.requests.map(lineOf);
    expect(wrongIn(calls)).to.deep.equal([]);
    expect(calls).to.have.length.at.least(280);
  });

  (hasClient ? it : it.skip)('is responded to as the client expects, from Python', async () => {
    const other = await Sandbox.start();
    try {
      const calls = await fromPython(other);
      expect(wrongIn(calls)).to.deep.equal([]);
      expect(other.requests.map(lineOf), 'the requests of the spec above').to.deep.equal(sent);
    } finally {
      await other.stop();
    }
  });
});

const wrongIn = (calls: readonly Call[]): string[] => calls.flatMap(({ call, error }) => (error ? [`${call}: ${error}`] : []));

/** A request without what differs from run to run. */
const lineOf = ({ method, path, query, body }: LoggedRequest): string => JSON.stringify([method, path, query, body ?? null]);

/** Runs the program over a socket. */
async function fromPython({ credentials: { baseUrl, storeHash, accessToken } }: Sandbox): Promise<Call[]> {
  const child = spawn('python3', [resolve(FOLDER, 'calls.py'), CHECKOUT, baseUrl, storeHash, accessToken], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await new Promise((done) => child.once('close', done));
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
