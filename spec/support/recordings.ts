import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTerminal, type PseudoTerminal } from './pseudo-terminal.js';

/** The text recordings of docs/recordings, by name: what a person sees who types at a terminal. */
export const RECORDINGS: Readonly<Record<string, () => Promise<string>>> = {
  console: () =>
    recorded(['console', '--sandbox'], async (terminal) => {
      const line = async (...parts: string[]): Promise<void> => {
        await terminal.shows(/sandbox>$/);
        for (const [at, part] of parts.entries()) {
          // Tab completes only if it is typed by itself: wait for what is before it, and for what it has completed.
          if (part === '\t') await terminal.shows(endOf(parts[at - 1] ?? ''));
          terminal.type(part);
          if (part === '\t') await terminal.shows(COMPLETED);
        }
        terminal.type('\r');
        await terminal.shows(/[^>]\nsandbox>$/);
      };
      await line('const brand = await v3.Brand.find(3)');
      await line("brand.name = 'Cobalt'");
      await line('brand');
      await line('await brand.save()');
      await line('await Product.whe', '\t', '({ pri', '\t', ': { mi', '\t', ": 40 } }).select('name', 'price').include('images').limit(3)");
      await line('await v2.Order.where({ status_id: 11 }).count()');
      await line('await Product.find(9999)');
      await terminal.shows(/sandbox>$/);
      await terminal.endInput();
    }),
  doctor: () => recorded(['doctor', '--sandbox', '--seed', 'empty'], async () => {}),
};

const endOf = (text: string): RegExp => new RegExp(`${text.slice(-3).replace(/\W/g, '\\$&')}$`);

const COMPLETED = /\.where$|price$|min$/;

/** Runs a command on a terminal, and returns what it shows, below the line that starts it. */
async function recorded(args: readonly string[], type: (terminal: PseudoTerminal) => Promise<void>): Promise<string> {
  const state = await mkdtemp(join(tmpdir(), 'bigrecord-recording-'));
  const terminal = onTerminal(args, { env: { XDG_STATE_HOME: state }, columns: 140 });
  try {
    await type(terminal);
    await terminal.code;
    return `$ npx bigrecord ${args.join(' ')}\n${terminal.screen.text().trimEnd()}\n`;
  } finally {
    terminal.kill();
    await rm(state, { recursive: true, force: true });
  }
}

/** Replaces what differs from run to run: times and versions. */
export const comparable = (recording: string): string =>
  recording
    .replace(/\d+(\.\d+)?( to \d+(\.\d+)?)? ms/g, '1 ms')
    .replace(/^(\s*ok\s+(node|packages)\s+).*$/gm, '$1…')
    .replace(/bigrecord \d+\.\d+\.\d+/g, 'bigrecord 1.0.0');
