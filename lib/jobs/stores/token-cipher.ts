import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { developmentKey } from './development-key.js';

/** Where keys come from. */
export interface TokenKeyOptions {
  /**
   * Keys of 32 bytes in base64 or hex, such as `openssl rand -base64 32` prints. The first one encrypts, all of them decrypt: to change
   * it, put a new one first, and drop the old one once all tokens have been written again. Default: those of the environment variable
   * `BIGRECORD_TOKEN_KEY`, separated by commas. Without any, and unless `NODE_ENV` is `production`, one is made and kept in
   * `~/.local/state/bigrecord/token-key` (or below `XDG_STATE_HOME`), and a warning says so.
   */
  key?: string | readonly string[] | undefined;
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VARIABLE = 'BIGRECORD_TOKEN_KEY';

/** A text that was decrypted. */
interface Opened {
  readonly text: string;
  /** Whether it was encrypted with another key than the first. */
  readonly isOutdated: boolean;
}

/**
 * Encrypts with AES-256-GCM. A sealed text is bound to its name, so that nobody can put the token of one store in the place of that of
 * another. No message contains a key, a text or a sealed text.
 */
export class TokenCipher {
  /** By their ids, the one that encrypts first. */
  readonly #keys: ReadonlyMap<string, Buffer>;

  /** @throws ConfigurationError for a key that is none, and without any in production */
  constructor({ key }: TokenKeyOptions = {}, env: Readonly<Record<string, string | undefined>> = process.env) {
    const keys = key === undefined ? keysOf(env) : listOf(key);
    if (keys.length === 0)
      throw new ConfigurationError(
        `Tokens are kept encrypted: give a key, { key: '…' }, or set ${VARIABLE}. To make one: openssl rand -base64 32. Keep it apart from the tokens.`,
      );
    this.#keys = new Map(keys.map(bytesOf).map((bytes) => [idOf(bytes), bytes]));
  }

  /** @param name what the text belongs to */
  seal(name: string, text: string): string {
    const [first] = this.#keys;
    if (first === undefined) throw new ConfigurationError('There is no key.');
    const [id, key] = first;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(name));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${id}.${sealed.toString('base64url')}`;
  }

  /** @throws ConfigurationError if none of the keys fits, or the text was changed or belongs to another name */
  open(name: string, sealed: string): Opened {
    const [version, id = '', content = ''] = sealed.split('.');
    if (version !== VERSION)
      throw new ConfigurationError(`What is kept of the store ${name} is not an encrypted token. Put its credentials again.`);
    const key = this.#keys.get(id);
    if (key === undefined)
      throw new ConfigurationError(
        `The token of the store ${name} was encrypted with another key (${id}): add that key to the list, after the current one.`,
      );
    try {
      return { text: decrypt(key, name, Buffer.from(content, 'base64url')), isOutdated: id !== [...this.#keys.keys()][0] };
    } catch {
      throw new ConfigurationError(
        `The token of the store ${name} cannot be decrypted: it was damaged, or copied from another store. Put its credentials again.`,
      );
    }
  }
}

/** Returns the keys of the environment. Outside of production there always is one. */
function keysOf(env: Readonly<Record<string, string | undefined>>): unknown[] {
  const keys = listOf(env[VARIABLE]?.split(',') ?? []);
  return keys.length > 0 || env['NODE_ENV'] === 'production' ? keys : [developmentKey(env)];
}

const listOf = (given: string | readonly string[]): unknown[] =>
  (typeof given === 'string' ? [given] : given)
    .map((each: unknown) => (typeof each === 'string' ? each.trim() : each))
    .filter((each) => each !== '');

function decrypt(key: Buffer, name: string, bytes: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

function bytesOf(text: unknown): Buffer {
  if (typeof text === 'string') {
    if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
    if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  }
  throw new ConfigurationError('A key of tokens must be 32 bytes in base64 or hex, such as openssl rand -base64 32 prints.');
}

/** Tells keys apart, and says nothing of them. */
const idOf = (key: Buffer): string => createHash('sha256').update('bigrecord token key').update(key).digest('hex').slice(0, 8);
