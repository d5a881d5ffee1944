import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const CIPHER = 'aes-256-gcm';

/** Keys for each purpose, derived from the one secret of the app. Who learns one of them knows nothing about the others. */
export class Keys {
  readonly #encryption: Buffer;
  readonly #forms: Buffer;
  /** Signs the cookie. */
  readonly cookie: string;

  constructor(secret: Buffer) {
    const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
    this.#encryption = derive('encryption of tokens');
    this.#forms = derive('tokens of forms');
    this.cookie = derive('signature of cookies').toString('base64');
  }

  /** Encrypts a text. @param owner what it belongs to: it can only be decrypted for the same owner */
  encrypt(text: string, owner: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv(CIPHER, this.#encryption, iv).setAAD(Buffer.from(owner));
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return [iv, cipher.getAuthTag(), encrypted].map((part) => part.toString('base64url')).join('.');
  }

  /** @throws Error if the text was changed, belongs to another owner, or was encrypted with another key */
  decrypt(text: string, owner: string): string {
    const [iv, tag, encrypted] = text.split('.').map((part) => Buffer.from(part, 'base64url'));
    if (iv === undefined || tag?.length !== 16 || encrypted === undefined) throw new Error('This is not an encrypted text.');
    const decipher = createDecipheriv(CIPHER, this.#encryption, iv).setAAD(Buffer.from(owner)).setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new Error(`What is kept for ${owner} cannot be decrypted: APP_KEY is not the one that encrypted it.`, { cause });
    }
  }

  /** The token that the forms of one login carry, so that no other site can send them. */
  formToken(login: string): string {
    return createHmac('sha256', this.#forms).update(login).digest('base64url');
  }

  isFormToken(token: string, login: string): boolean {
    const given = Buffer.from(token);
    const expected = Buffer.from(this.formToken(login));
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
