/** What ends a command from outside. */
export interface Interruption {
  /** Aborted by the first Ctrl-C, by SIGTERM, or when nobody reads the standard output any more. Pass it to requests. */
  readonly signal: AbortSignal;
  /** Resolves at the same time: for commands that run until then. */
  readonly happened: Promise<void>;
}

/** Waits until somebody stops the command, or nobody reads what it prints any more. A second Ctrl-C ends the process at once. */
export function interruption(): Interruption {
  const controller = new AbortController();
  const { signal } = controller;
  const happened = new Promise<void>((resolve) => {
    const stop = (): void => {
      resolve();
      controller.abort(new Error('Interrupted.'));
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    process.stdout.on('error', stop);
  });
  return { signal, happened };
}
