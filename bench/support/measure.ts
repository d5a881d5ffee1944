import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A store in a separate process. */
export interface Shop {
  readonly port: number;
  /** Returns the number of requests since the last call. */
  requests(): Promise<number>;
  close(): void;
}

export async function openShop(latencyMs = 0, program = './shop.js'): Promise<Shop> {
  const child: ChildProcess = fork(fileURLToPath(new URL(program, import.meta.url)), [String(latencyMs)], { execArgv: [] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    requests: async () => {
      child.send('count');
      return ((await once(child, 'message')) as [{ requests: number }])[0].requests;
    },
    close: () => child.disconnect(),
  };
}

/** A measured function. It may return how many times it did its job; the default is once. */
export type Contestants = Readonly<Record<string, () => unknown>>;

/** Measures each function in milliseconds, in rounds: all one after another, then again, so that disturbances affect all of them. */
export async function rounds(contestants: Contestants, count: number, warmUps = 1): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -warmUps; round < count; round++)
    for (const [name, work] of Object.entries(contestants)) {
      globalThis.gc?.();
      const begun = performance.now();
      await work();
      if (round >= 0) times.get(name)?.push(performance.now() - begun);
    }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Returns the median ratio of the rounds: both sides of a pair ran under the same conditions. */
export const ratio = (times: Map<string, number[]>, of: string, to: string): number =>
  median((times.get(of) as number[]).map((ms, at) => ms / ((times.get(to) as number[])[at] as number)));
