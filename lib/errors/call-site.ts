/** The most frames of the program, and of the library, that a trace keeps. */
const PROGRAM_FRAMES = 16;
const OWN_FRAMES = 4;

/** The depth of captured stacks: enough to get past the frames of the library and of Node, to those of the program. */
const DEPTH = 50;

/** Anything with a stack. */
interface Traced {
  readonly stack?: string;
}

/** A place in the program: the stack when it was constructed. V8 formats it only when it is read. */
export class CallSite implements Traced {
  declare readonly stack?: string;

  constructor() {
    const { stackTraceLimit } = Error;
    // A limit of 0 turns traces off. If the limit cannot be changed, the current one is used.
    if (stackTraceLimit > 0) Reflect.set(Error, 'stackTraceLimit', Math.max(stackTraceLimit, DEPTH));
    Error.captureStackTrace(this, CallSite);
    if (stackTraceLimit > 0) Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }

  /** The line of the program that called the library, such as `at nightly (file:///app/job.js:10:5)`. */
  get line(): string | undefined {
    return framesOf(this).find((frame) => !isOwn(frame));
  }
}

/** The places that led to an error, the innermost first. */
const sites = new WeakMap<Error, Set<Traced>>();

/**
 * Replaces the stack of an error with the program's lines that led to it: those of the place where it was created, and of places that
 * are added later with {@link addCallSite}. The stack is composed when it is first read, and again after a place was added.
 */
export function giveStack(error: Error, places: readonly Traced[] = [new CallSite()]): void {
  const all = new Set(places);
  sites.set(error, all);
  let known: string | undefined;
  let seen = 0;
  Object.defineProperty(error, 'stack', {
    configurable: true,
    enumerable: false,
    get: () => {
      if (known === undefined || seen !== all.size) known = stackOf(error, [...all]);
      seen = all.size;
      return known;
    },
    set: (stack: unknown) => {
      Object.defineProperty(error, 'stack', { value: stack, configurable: true, enumerable: false, writable: true });
    },
  });
}

/**
 * Adds the frames of the caller to an error of the library whose stack was cut off by a queue: those of the given places, and those
 * that await the call now. Other errors stay as they are.
 */
export function addCallSite<E>(error: E, ...places: readonly CallSite[]): E {
  return addPlaces(error, new CallSite(), ...places);
}

/** Adds the frames of places in the program to an error of the library. */
export function addPlaces<E>(error: E, ...places: readonly CallSite[]): E {
  const known = error instanceof Error ? sites.get(error) : undefined;
  for (const place of places) known?.add(place);
  return error;
}

/**
 * Copies an error of the library for one of several callers that wait for the same work. The copy does not have the lines of the
 * program, which may be those of another caller. Other errors are shared.
 */
export function copyForCaller<E>(error: E): E {
  const places = error instanceof Error ? sites.get(error) : undefined;
  if (!(error instanceof Error) || places === undefined) return error;
  // Constructed as an `Error`, so that the platform recognises it, without calling the constructor of its class.
  const copy: E & Error = Reflect.construct(Error, [error.message], error.constructor);
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(error)))
    if (name !== 'stack') Object.defineProperty(copy, name, property);
  giveStack(
    copy,
    [...places].map((place) => new OwnPart(place)),
  );
  return copy;
}

/**
 * Does the work of a call from the program. The stack of a library error then includes the line of the call, even if a queue or a
 * shared request cut it off, or the program awaits the promise elsewhere.
 */
export async function fromHere<T>(work: () => Promise<T>): Promise<T> {
  const place = new CallSite();
  try {
    return await work();
  } catch (error) {
    throw addCallSite(error, place);
  }
}

/** A place with the library's own frames only. */
class OwnPart implements Traced {
  readonly #whole: Traced;

  constructor(whole: Traced) {
    this.#whole = whole;
  }

  get stack(): string {
    return framesOf(this.#whole)
      .filter(isOwn)
      .map((frame) => `  ${frame}`)
      .join('\n');
  }
}

function stackOf(error: Error, places: readonly Traced[]): string {
  // The frame that made the call also awaits it: the same line appears again as `at async …`.
  const frames = [...new Map(places.flatMap(framesOf).map((frame) => [frame.replace('at async ', 'at '), frame])).values()].filter(
    (frame) => !/^at (?:new \w*Error\b|giveStack\b|addCallSite\b)/.test(frame),
  );
  const program = frames.filter((frame) => !isOwn(frame)).slice(0, maxProgramFrames());
  const own = frames.filter(isOwn);
  const shown = program.length === 0 ? own : [...own.slice(0, OWN_FRAMES), ...program];
  return [`${error.name}: ${error.message}`, ...shown.map((frame) => `    ${frame}`)].join('\n');
}

const framesOf = ({ stack }: Traced): string[] => (stack ?? '').split('\n').flatMap((line) => /^\s+(at .*)$/.exec(line)?.[1] ?? []);

/** The folder of the library's files, as written in frames; `null` if the library is bundled into the program. */
let folder: string | null | undefined;

const OWN_FILE = /([^(\s]*[\\/])(?:errors[\\/]call-site\.[jt]s|(?<=dist[\\/](?:cjs|esm)[\\/])[\w./\\-]+\.c?js):\d/;

/** Returns how many frames of the program to show. If the library is bundled into the program, its frames count too. */
const maxProgramFrames = (): number => (folder === null ? DEPTH : Math.max(PROGRAM_FRAMES, Error.stackTraceLimit || 0));

/** Whether a frame belongs to the library or to Node, or has no position in a file. */
function isOwn(frame: string): boolean {
  if (folder === undefined) folder = OWN_FILE.exec(framesOf(new CallSite())[0] ?? '')?.[1] ?? null;
  return frame.includes('node:') || !/:\d+:\d+\)?$/.test(frame) || (folder !== null && frame.includes(folder));
}
