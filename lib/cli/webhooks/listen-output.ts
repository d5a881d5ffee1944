import type { AnyWebhookEvent } from '../../webhooks/event.js';
import type { Terminal } from '../terminal.js';

/** Tells what happens to a listener. */
export interface ListenOutput {
  listening(port: number, forward: string | undefined): void;
  delivery(event: AnyWebhookEvent, isDuplicate: boolean): void;
  refused(status: number, reason: string): void;
  /** @param status of the receiver; `undefined` if it did not respond */
  forwarded(hash: string, status: number | undefined, ms: number, reason?: string): void;
  stopped(): void;
}

/** Writes lines for people, or for programs. */
export const outputTo = (terminal: Terminal, isJson: boolean): ListenOutput => (isJson ? jsonOutput(terminal) : textOutput(terminal));

function jsonOutput({ print }: Terminal): ListenOutput {
  const event = (name: string, more: object): void => print(JSON.stringify({ event: name, ...more }));
  return {
    listening: (port, forward) => event('listening', { url: `http://127.0.0.1:${port}`, forward }),
    delivery: ({ scope, storeHash, hash, createdAt, data }, isDuplicate) =>
      event('delivery', { scope, storeHash, hash, createdAt, data, isDuplicate }),
    refused: (status, reason) => event('refused', { status, reason }),
    forwarded: (hash, status, ms, reason) => event('forwarded', { hash, status, ms: Math.round(ms), reason }),
    stopped: () => event('stopped', {}),
  };
}

function textOutput({ print, paint }: Terminal): ListenOutput {
  return {
    listening: (port, forward) =>
      print(
        `Deliveries are accepted at http://127.0.0.1:${port}${forward === undefined ? '' : ` and passed on to ${forward}`}. Ctrl-C stops it.\n`,
      ),
    delivery({ scope, storeHash, hash, data }, isDuplicate) {
      const again = isDuplicate ? paint('yellow', '  again') : '';
      print(`${paint('green', scope)}  ${JSON.stringify(data)}  ${paint('dim', `${storeHash} ${hash.slice(0, 8)}`)}${again}`);
    },
    refused: (status, reason) => print(`${paint('red', `refused ${status}`)}  ${reason}`),
    forwarded(hash, status, ms, reason = 'no response') {
      const isAccepted = status !== undefined && status < 300;
      const outcome = status === undefined ? reason : `${status} in ${Math.round(ms)} ms`;
      print(`  ${paint('dim', hash.slice(0, 8))} passed on: ${paint(isAccepted ? 'green' : 'red', outcome)}`);
    },
    stopped: () => print('Stopped.'),
  };
}
