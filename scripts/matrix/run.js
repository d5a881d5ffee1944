import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs a program and returns its output. After the time-out it is killed with its children: a test runner with an open server would
 * hang.
 *
 * @throws Error with the end of the output, if the program fails or takes too long
 */
export function run(program, args, { cwd, env = {}, seconds = 120 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...cleanEnvironment(), ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      endGroup(child);
    }, seconds * 1000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) return resolve(printed);
      const why = isLate ? `took longer than ${seconds} s` : `ended with status ${code}`;
      reject(new Error(`${program} ${args.join(' ')} ${why}:\n${printed.slice(-3000)}`));
    });
  });
}

/** Starts a server on a free port (`PORT` in its environment), calls `work` with its address when it responds, and stops it. */
export async function withServer(program, args, { cwd, env = {}, seconds = 60 }, work) {
  const port = await freePort();
  const child = spawn(program, args, { cwd, env: { ...cleanEnvironment(), ...env, PORT: String(port) }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  try {
    const address = `http://127.0.0.1:${port}`;
    for (const end = Date.now() + seconds * 1000; ; await sleep(200)) {
      if (child.exitCode !== null) throw new Error('The server ended.');
      if (await fetch(address).then(() => true, () => false)) break;
      if (Date.now() > end) throw new Error('The server did not start.');
    }
    return await work(address);
  } catch (error) {
    throw new Error(`${error.message}\nThe server printed:\n${printed.slice(-3000)}`);
  } finally {
    endGroup(child);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has already exited.
  }
}

/** Removes what npm and a surrounding test runner add to the environment of child processes. */
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_(?!config)|NODE_OPTIONS|NODE_ENV|DEBUG|BIGCOMMERCE_)/.test(name)));
}
