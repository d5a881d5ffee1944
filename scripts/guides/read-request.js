import { placeholder } from './placeholders.js';

const METHOD = 'GET|POST|PUT|PATCH|DELETE';
const REQUEST_LINE = new RegExp(`^\\s*(${METHOD})\\s+(\\S+)(?:[ \\t]+HTTP/[\\d.]+)?[ \\t]*$`);
const STATED = new RegExp(`(${METHOD})\`?(?:\\s+request)?(?:\\s+to)?\\s*(?:the\\s+)?\`?\\s*((?:https?://|/)[^\\s\`)*]+)`);

/** The requests of a sample in the form of HTTP: each with method, target and the text of its body. */
export function readRequests(text) {
  const requests = [];
  for (const line of text.split('\n')) {
    const found = REQUEST_LINE.exec(line);
    if (found !== null) requests.push({ method: found[1], target: found[2], lines: [] });
    else requests.at(-1)?.lines.push(line);
  }
  return requests.map(({ method, target, lines }) => ({ method, target, body: bodyOf(lines) }));
}

/** The request of a call to curl. */
export function readCurl(text) {
  if (!/^\s*curl\b/.test(text)) return [];
  const target = /(https?:\/\/[^\s'"\\]+)/.exec(text)?.[1];
  const body = /(?:-d|--data(?:-raw)?)\s+'([^']*)'/.exec(text)?.[1] ?? '';
  const method = new RegExp(`(?:-X|--request)\\s+'?(${METHOD})`).exec(text)?.[1] ?? (body === '' ? 'GET' : 'POST');
  return target === undefined || /-F |--form/.test(text) ? [] : [{ method, target, body }];
}

/** The operation that a sentence or a title names: `POST /v3/orders`, or "a `POST` request to `/v3/orders`". */
export function operationIn(text) {
  const found = STATED.exec(text);
  return found === null ? undefined : { method: found[1], target: found[2] };
}

/** The body follows the headers, usually after an empty line. */
function bodyOf(lines) {
  const start = lines.findIndex((line) => /^\s*[[{]/.test(line));
  return start < 0 ? '' : lines.slice(start).join('\n');
}

/**
 * Takes the URL of a sample apart. Placeholders of the path become `{name}`.
 *
 * @returns undefined unless it is one of the store management API, which is V2 or V3
 */
export function targetOf(target) {
  const found =
    /^(?:https?:\/\/(?:api\.bigcommerce\.com|\{\{?[^}]*\}\}?))?(?:\/stores\/(?:\{+[^}]*\}+|\$?\w+))?\/?(?:api\/)?(v[23])(\/[^?#\s]*)(?:\?([^#\s]*))?/.exec(
      target.replace(/(?<=\{[^}]*)\)(?=$|\/)/g, '}'),
    );
  if (found === null) return undefined;
  const [, version, path, query] = found;
  return { version, path: placeholder(path).replace(/\/$/, ''), query: queryOf(query) };
}

function queryOf(text = '') {
  const pairs = text.split('&').filter((each) => each.includes('=') && !each.startsWith('='));
  const query = {};
  for (const pair of pairs) {
    const [name, ...value] = pair.split('=');
    query[decode(name)] = decode(placeholder(value.join('=')));
  }
  return query;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
