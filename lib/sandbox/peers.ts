import { ConfigurationError } from '../errors/configuration-error.js';
import { propertyOf } from '../json-object.js';

/** Loads an optional peer, which only the sandbox needs. @throws ConfigurationError if it is not installed */
export async function loadPeer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!/^(ERR_)?MODULE_NOT_FOUND$/.test(String(propertyOf(error, 'code')))) throw error;
    throw new ConfigurationError(`The sandbox needs the package ${name}: npm install --save-dev hono @hono/node-server`);
  }
}
