import { InvalidArgumentError } from 'commander';

/** A header as an option gives it. */
export interface HeaderOption {
  readonly name: string;
  readonly value: string;
}

/** Parses `name: value`. @throws InvalidArgumentError for anything else, without repeating the value */
export function parseHeader(text: string): HeaderOption {
  const [, name, value] = /^([A-Za-z0-9-]{1,100})\s*:\s*([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)$/.exec(text.trim()) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("It must be 'name: value'.");
  return { name: name.toLowerCase(), value };
}

const LOCAL =
  /^(localhost|127(\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|[\w-]+|[\w.-]+\.(localhost|local|internal|test))$/i;

/** Parses an address of this machine or its network: deliveries go nowhere else. @throws InvalidArgumentError */
export function localUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:3000/hooks.');
  if (LOCAL.test(url.hostname)) return url.href;
  throw new InvalidArgumentError('It must be an address of this machine or its network, such as http://127.0.0.1:3000/hooks.');
}
