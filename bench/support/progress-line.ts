const EVERY_MS = 500;
const CLEAR = '\r\u001b[2K';

/** A line that is drawn again and again. */
interface ProgressLine {
  /** Stops, and removes the line. */
  clear(): void;
}

/** Shows how far a long run is, in one line on a terminal. Without one, it shows nothing: the output is for a file. */
export function progressLine(text: () => string): ProgressLine {
  const { stderr, env } = process;
  if (!stderr.isTTY || env['NO_COLOR'] || env['TERM'] === 'dumb') return { clear() {} };
  const timer = setInterval(() => stderr.write(`${CLEAR}${text().slice(0, stderr.columns - 1)}`), EVERY_MS);
  timer.unref();
  return {
    clear() {
      clearInterval(timer);
      stderr.write(CLEAR);
    },
  };
}
