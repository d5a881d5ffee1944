/** Where the cursor stands inside the arguments of a call. */
export interface Cursor {
  /** What the method is called on: `v3.Product`, `product.images`; for `new Product(`, the class. */
  readonly target: string;
  /** The method: `where`; `new` for a constructor. */
  readonly method: string;
  /** `name`: a name of an object; `text`: a string that is an argument, or in an array that is one. */
  readonly kind: 'name' | 'text';
  /** The names of the objects around it: `['price']` inside `where({ price: {`. */
  readonly path: readonly string[];
  /** What is typed of it so far. */
  readonly typed: string;
}

interface Opened {
  readonly bracket: string;
  /** Where it is. */
  readonly at: number;
}

const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const QUOTES = '"\'`';

/** Returns where the end of a line stands, if that is inside the arguments of a method's call. */
export function cursorAt(line: string): Cursor | undefined {
  const opened = openedIn(line);
  const call = opened.findLastIndex(({ bracket }) => bracket === '(');
  const called = call === -1 ? undefined : callBefore(line.slice(0, opened[call]?.at));
  return called === undefined ? undefined : cursorIn(line, opened.slice(call + 1), called);
}

/** @param inside the brackets and quotes that are open inside the call */
function cursorIn(line: string, inside: readonly Opened[], called: Pick<Cursor, 'target' | 'method'>): Cursor | undefined {
  const last = inside.at(-1);
  if (last === undefined) return undefined;
  const isQuoted = QUOTES.includes(last.bracket);
  const brackets = isQuoted ? inside.slice(0, -1) : inside;
  const around = brackets.at(-1);
  if (around?.bracket !== '{') return isQuoted ? { ...called, kind: 'text', path: [], typed: line.slice(last.at + 1) } : undefined;
  const before = line.slice(around.at + 1, isQuoted ? last.at : undefined);
  const unquoted = /(?:^|,)\s*([\w$]*)$/.exec(before)?.[1];
  if (unquoted === undefined) return undefined; // a value
  const objects = brackets.filter(({ bracket }) => bracket === '{').slice(1);
  const path = objects.map(({ at }) => nameBefore(line, at));
  return { ...called, kind: 'name', path, typed: isQuoted ? line.slice(last.at + 1) : unquoted };
}

/** Returns the brackets and quotes that are still open at the end of a text. */
export function openedIn(text: string): Opened[] {
  const opened: Opened[] = [];
  for (let at = 0; at < text.length; at++) {
    const each = text.charAt(at);
    const last = opened.at(-1);
    if (last !== undefined && QUOTES.includes(last.bracket)) {
      if (each === '\\') at++;
      else if (each === last.bracket) opened.pop();
    } else if (QUOTES.includes(each) || '([{'.includes(each)) opened.push({ bracket: each, at });
    else if (last !== undefined && CLOSING[each] === last.bracket) opened.pop();
  }
  return opened;
}

/** Returns what is called by a parenthesis after this text. */
function callBefore(text: string): Pick<Cursor, 'target' | 'method'> | undefined {
  const made = /\bnew\s+([\w$.]+)\s*$/.exec(text);
  if (made?.[1] !== undefined) return { target: made[1], method: 'new' };
  const called = /\??\.\s*([A-Za-z_$][\w$]*)\s*$/.exec(text);
  if (called?.[1] === undefined) return undefined;
  const target = chainAtEnd(text.slice(0, called.index));
  return target === '' ? undefined : { target, method: called[1] };
}

/** Returns the longest end of a text that is a chain of names, calls and groups: `Product.where({ id: 1 }).limit(2)`. */
export function chainAtEnd(text: string): string {
  let at = text.length;
  for (;;) {
    const before = stepBack(text, at);
    if (before === at) break;
    at = before;
    const link = /\??\.\s*$/.exec(text.slice(0, at));
    // A call follows what it calls without a dot.
    if (link !== null) at = link.index;
    else if (!(text.charAt(at) === '(' && /[\w$]$/.test(text.slice(0, at)))) break;
  }
  return text.slice(at).trim();
}

/** Steps back over a name, or a pair of brackets with what is in it. */
function stepBack(text: string, end: number): number {
  const name = /[A-Za-z_$][\w$]*$/.exec(text.slice(0, end));
  if (name !== null) return name.index;
  if (!/[)\]]$/.test(text.slice(0, end))) return end;
  const inner = openedIn(text.slice(0, end - 1)).at(-1);
  return inner === undefined ? end : inner.at;
}

const nameBefore = (line: string, at: number): string =>
  /(?:([\w$]+)|["']([^"']+)["'])\s*:\s*\[?\s*$/.exec(line.slice(0, at))?.slice(1).find(Boolean) ?? '';
