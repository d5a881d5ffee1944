import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A sandbox that runs beside the app. */
export interface RunningSandbox {
  /** Its control panel, which installs and opens the app. */
  readonly page: string;
  /** The variables with which the app uses it in place of the platform. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves when it has ended. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** Runs `npx bigrecord sandbox`. @param app the address of the app, which its control panel lists @throws Error if it does not start */
export async function startSandbox(port: string, app: string): Promise<RunningSandbox> {
  const program = spawn(process.execPath, [command(), 'sandbox', '--port', port, '--latency', '150', '--app', app, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(program, 'close');
  for await (const line of createInterface({ input: program.stdout })) {
    const { event, clientId, baseUrl, app } = JSON.parse(line);
    if (event !== 'started') continue;
    program.stdout.resume(); // nobody reads the requests that it prints
    return {
      page: app.page,
      environment: { BIGCOMMERCE_CLIENT_ID: clientId, BIGCOMMERCE_API_URL: baseUrl, ...app.environment },
      ended,
      async stop() {
        program.kill();
        await ended;
      },
    };
  }
  throw new Error('The sandbox did not start.');
}

/** The file of the command, in the package that is installed. */
function command(): string {
  const file = createRequire(import.meta.url).resolve('bigrecord/package.json');
  return join(dirname(file), JSON.parse(readFileSync(file, 'utf8')).bin.bigrecord);
}
