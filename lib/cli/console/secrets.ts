import { environmentWith } from '../store/environment.js';

const NAMES = ['BIGCOMMERCE_ACCESS_TOKEN', 'BIGCOMMERCE_CLIENT_SECRET'];

/** Takes the secrets out of the environment of this process, which code of a console can print, and returns them. */
export function takeSecrets(dotenv: string | undefined): string[] {
  const secrets = [process.env, environmentWith(dotenv)].flatMap((env) => NAMES.map((name) => env[name] ?? ''));
  for (const name of NAMES) delete process.env[name];
  return [...new Set(secrets)].filter((secret) => secret.length > 3);
}

/** Replaces secrets in a text that is shown. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), text);
