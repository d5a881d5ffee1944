import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from 'bigrecord/sandbox';
import type { Block } from './guide-pages.js';
import { ROOT } from './run.js';

/** Commands that run until they are interrupted. */
const SERVER = /^npx bigrecord (sandbox|webhooks listen)\b(?!.*--help)/;
/** Commands that need a Redis with runs of jobs, or a service of the reader: their options are looked up in the help. */
const LOOKED_UP = /^npx bigrecord (work|jobs|generate model(?= https:)|webhooks replay|webhooks sync)\b/;
/** A command that reads files, which may be those of the reader. */
const READER = /^npx bigrecord (import|generate model)\b/;
const FILES = /[\w-]+\.(?:ndjson|csv|ya?ml)\b/g;
/** What is not run, but must exist. */
const INSTALL = /^npm install (?:--save-dev |-D |-g )?(.*)$/;
const SCRIPT = /^npm (?:run (?:-s )?(\S+)|(start|test|install)(?=$| --))/;
/** A program of the repository. */
const PROGRAM = /^node ((?:scripts|examples)\/\S+)/;

/** Runs the commands of each page in a folder of its own, with a sandbox as the store that the environment names. */
export class Shell {
  private constructor(
    readonly folder: string,
    readonly store: Sandbox,
    readonly manifest: Manifest,
  ) {}

  static async open(folder: string): Promise<Shell> {
    await rm(folder, { recursive: true, force: true });
    const npx = join(folder, 'bin/npx');
    await mkdir(join(folder, 'bin'), { recursive: true });
    await writeFile(npx, `#!/bin/sh\nshift\nexec '${process.execPath}' '${join(ROOT, 'dist/cjs/cli.cjs')}' "$@"\n`);
    await chmod(npx, 0o755);
    const manifest: Manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    return new Shell(folder, await Sandbox.start(), manifest);
  }

  async close(): Promise<void> {
    await this.store.stop();
  }

  /** Runs a block, and gives what it printed. @throws Error if a command fails, or names what does not exist */
  async run({ code, name, page }: Block, expected: string | undefined): Promise<string> {
    const cwd = join(this.folder, page.replaceAll(/\W+/g, '-'));
    await mkdir(cwd, { recursive: true });
    const commands = code
      .replaceAll(/\\\n/g, ' ')
      .split(/\n|(?<=npm install) && /)
      .map((line) => line.replace(/\s+#.*$|^#.*$/, '').trim())
      .filter((line) => line !== '');
    const toRun: string[] = [];
    for (const command of commands) {
      const [, lookedUp] = LOOKED_UP.exec(command) ?? [];
      const [, reader] = READER.exec(command) ?? [];
      const isHere = (file: string): boolean =>
        existsSync(join(cwd, file)) || commands.some((each) => each.includes(' export ') && each.includes(file));
      const isOfReader = reader !== undefined && command.match(FILES)?.every(isHere) === false;
      if (lookedUp !== undefined) await this.#checkOptions(command, lookedUp);
      else if (reader !== undefined && isOfReader) await this.#checkOptions(command, reader);
      else if (!this.#isKnown(command)) toRun.push(command);
    }
    const odd = toRun.find((command) => !/^(export |echo |[A-Z_]+=|npx bigrecord|node |cat |cd |mkdir )/.test(command));
    if (odd !== undefined) throw new Error(`${name}: nobody checks '${odd}'`);
    const server = toRun.find((command) => SERVER.test(command));
    if (toRun.length === 0) return '';
    const script = toRun.map((command) => (command === server && !/ (-p|--port) /.test(command) ? `exec ${command} --port 0` : command));
    return this.#execute(script.join(' &&\n'), cwd, server === undefined ? undefined : (expected ?? '\n'));
  }

  /** @throws Error if the help of a command does not have an option that is given, or an action */
  async #checkOptions(command: string, subcommand: string): Promise<void> {
    const help = await this.#execute(`npx bigrecord ${subcommand} --help`, this.folder, undefined);
    const action = subcommand === 'jobs' ? (/^npx bigrecord jobs ([a-z]+)/.exec(command)?.slice(1) ?? []) : [];
    const given = [...(command.match(/(?<= )--?[a-z-]+/g) ?? []), ...action];
    const unknown = given.find((option) => !new RegExp(`(^|[^\\w-])${option}(?![\\w-])`, 'm').test(help));
    if (unknown !== undefined) throw new Error(`'${command}': the help of ${subcommand} does not have ${unknown}`);
  }

  /** Whether a command is one that is looked up instead of run: an installation, or a script of the repository. */
  #isKnown(command: string): boolean {
    const [, packages] = INSTALL.exec(command) ?? [];
    const { dependencies, devDependencies, peerDependencies, scripts } = this.manifest;
    if (packages !== undefined && packages !== '') {
      const known = { bigrecord: '', ...dependencies, ...devDependencies, ...peerDependencies };
      const unknown = packages.split(/\s+/).find((each) => !each.startsWith('-') && !(each in known));
      if (unknown !== undefined) throw new Error(`'${command}' installs ${unknown}, which is no dependency of ours`);
      return true;
    }
    const [, program] = PROGRAM.exec(command) ?? [];
    if (program !== undefined && !existsSync(join(ROOT, program))) throw new Error(`'${command}': there is no such file`);
    if (program !== undefined) return true;
    const [, script, lifecycle] = SCRIPT.exec(command) ?? [];
    if (script !== undefined && !(script in scripts)) throw new Error(`'${command}': there is no such script`);
    return script !== undefined || lifecycle !== undefined;
  }

  /** @param until how much a command prints before it is interrupted, for one that does not end by itself */
  async #execute(script: string, cwd: string, until: string | undefined): Promise<string> {
    const { storeHash, accessToken, clientId, baseUrl } = this.store.credentials;
    const env = {
      ...process.env,
      PATH: `${join(this.folder, 'bin')}${delimiter}${process.env['PATH']}`,
      BIGCOMMERCE_STORE_HASH: storeHash,
      BIGCOMMERCE_ACCESS_TOKEN: accessToken,
      BIGCOMMERCE_CLIENT_ID: clientId,
      BIGCOMMERCE_API_URL: baseUrl,
      BIGCOMMERCE_CLIENT_SECRET: this.store.clientSecret,
      NO_COLOR: '1',
    };
    const child = spawn('sh', ['-ec', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(child, 'close');
    const printed = { text: '', errors: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.text += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.errors += text));
    if (until !== undefined) {
      const lines = until.split('\n').length;
      while (printed.text.split('\n').length < lines && child.exitCode === null)
        await Promise.race([once(child.stdout, 'data'), ended, sleep(20_000)]);
      child.kill('SIGINT');
    }
    const [status] = await ended;
    if (status !== 0) throw new Error(`${script}\nended with ${status}:\n${printed.text}${printed.errors}`);
    return until === undefined
      ? printed.text
      : `${printed.text
          .split('\n')
          .slice(0, until.split('\n').length - 1)
          .join('\n')}\n`;
  }
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

/** Whether a text is what a page says, where `…` stands for anything, and every port for any other. */
export function isAsShown(shown: string, text: string): boolean {
  const pattern = shown
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/127\\.0\\.0\\.1:\d+/g, '127\\.0\\.0\\.1:\\d+'))
    .join('[^]*?');
  return new RegExp(`^${pattern}$`).test(text);
}
