/** What the app is told by its environment. */
export interface Settings {
  /** From the app's profile in the developer portal. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers and the platform reach the app: `https://app.example.com`. */
  readonly url: string;
  /** The secret that encrypts tokens and signs cookies: 32 random bytes. */
  readonly key: Buffer;
  readonly host: string;
  readonly port: number;
  /** The folder of the database and of accepted webhooks. */
  readonly folder: string;
  /** Sites that may show the app in a frame. */
  readonly frameAncestors: string;
  /** The sandbox in place of the platform. */
  readonly apiUrl: string | undefined;
  readonly loginUrl: string | undefined;
  /** Redis, for bulk changes that go on after a restart; without it they run inside the process. */
  readonly redisUrl: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The control panel of every store is below one of these. */
const CONTROL_PANEL = 'https://*.mybigcommerce.com https://*.bigcommerce.com';

/** Reads the settings. @throws Error that names everything that is missing or wrong */
export function readSettings(environment: Environment = process.env): Settings {
  const mistakes: string[] = [];
  const read = (name: string, isRight: (value: string) => boolean, advice: string, otherwise?: string): string => {
    const value = environment[name] || otherwise;
    if (value === undefined || !isRight(value)) mistakes.push(`${name}: ${advice}`);
    return value ?? '';
  };
  const isOrigin = (value: string) => /^https?:\/\/[^/?#]+\/?$/.test(value) && URL.canParse(value);
  const settings: Settings = {
    clientId: read('BIGCOMMERCE_CLIENT_ID', Boolean, 'the client ID of the app, from the developer portal'),
    clientSecret: read('BIGCOMMERCE_CLIENT_SECRET', Boolean, 'the client secret of the app, from the developer portal'),
    url: read('APP_URL', isOrigin, 'the address of the app without a path, such as https://app.example.com').replace(/\/+$/, ''),
    key: Buffer.from(read('APP_KEY', is32Bytes, '32 random bytes in base64: openssl rand -base64 32'), 'base64'),
    host: read('HOST', Boolean, 'the address to listen on', '127.0.0.1'),
    port: Number(read('PORT', (value) => /^\d{1,5}$/.test(value) && Number(value) < 65_536, 'a port from 0 to 65535', '3000')),
    folder: read('DATA_FOLDER', Boolean, 'a folder that is kept between restarts', 'data'),
    frameAncestors: read('FRAME_ANCESTORS', (value) => !/[;,\n]/.test(value), 'sites, with spaces between them', CONTROL_PANEL),
    apiUrl: environment['BIGCOMMERCE_API_URL'] || undefined,
    loginUrl: environment['BIGCOMMERCE_LOGIN_URL'] || undefined,
    redisUrl: environment['REDIS_URL'] || undefined,
  };
  if (mistakes.length > 0) throw new Error(`These variables of the environment are missing or wrong:\n  ${mistakes.join('\n  ')}`);
  return settings;
}

const is32Bytes = (value: string): boolean => Buffer.from(value, 'base64').length === 32;
