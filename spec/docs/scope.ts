/**
 * What the samples in tables find in reach, beside what they import themselves. `open` fills it before each sample, `close` ends what
 * a sample has begun.
 */
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Customer, Product } from 'bigrecord/v2';

export { rootCertificates } from 'node:tls';
export { ClientError, HttpError, RedirectionError, ServerError, Session } from 'bigrecord';
export { customerLoginToken, customerLoginUrl, fetchToken, verifySignedPayload, verifySignedPayloadJwt } from 'bigrecord/oauth';
export { Customer, OptionSet, Order, Product, ProductImage, ProductOption, ProductSku, Store, Time } from 'bigrecord/v2';
export * as v3 from 'bigrecord/v3';

export let store: Sandbox;
export let session: Session;
/** Sends a sample's session to the sandbox, whatever store the sample names. */
export let connection: { storeHash?: string; accessToken?: string; baseUrl?: string };
export let storeHash: string;
export let accessToken: string;
export let clientId: string;
export let clientSecret: string;
export let code: string;
export let context: string;
export let scope: string;
export let token: string;
export let payload: string;
export let product: Product;
export let customer: Customer;

export const host = 'store.mybigcommerce.com';
export const username = 'user';
export const redirectUri = 'https://app.example.com/callback';
export const redirectTo = '/cart.php';
export const storefront = 'https://shop.example.com';
export const variables = { first: 3 };
export const customerId = 7;
export const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
export const name = 'Basil mug';
export const type = 'physical';
/** What a page leaves out of the attributes of a new product. */
export const others = { price: '12.00', weight: '1', categories: [1], availability: 'available' as const };
/** For samples that print. */
export const console = { log: (..._: unknown[]): void => {}, error: (..._: unknown[]): void => {} };

/** Fails unless the call does. */
export function fails(call: () => unknown): void {
  try {
    call();
  } catch {
    return;
  }
  throw new Error('The page says that this fails.');
}

/** Starts a store, with everything that samples find in it. */
export async function open(): Promise<void> {
  store = await Sandbox.start({ graphql: () => ({ data: { store: { name: 'Sandbox store' } } }) });
  session = Session.configure(store.credentials);
  ({ storeHash, accessToken } = store.credentials);
  connection = store.credentials;
  ({ clientId, clientSecret, code, context, scope } = store.authorize());
  token = store.signPayload();
  payload = store.signLegacyPayload();
  Object.assign(process.env, {
    BIGCOMMERCE_STORE_HASH: storeHash,
    BIGCOMMERCE_ACCESS_TOKEN: accessToken,
    BIGCOMMERCE_API_URL: store.credentials.baseUrl,
  });
  product = await Product.find(1);
  customer = await Customer.find(1);
}

export async function close(): Promise<void> {
  await Promise.all([session.close({ abort: true }), Session.default.close({ abort: true })]);
  await store.stop();
  for (const name of ['BIGCOMMERCE_STORE_HASH', 'BIGCOMMERCE_ACCESS_TOKEN', 'BIGCOMMERCE_API_URL']) delete process.env[name];
}
