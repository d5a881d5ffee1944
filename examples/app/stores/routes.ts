import { ClientError } from 'bigrecord';
import { fetchToken, type SignedPayload, SignedPayloadError, verifySignedPayloadJwt } from 'bigrecord/oauth';
import { Webhook } from 'bigrecord/v3';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { messagePage } from '../pages/message.js';
import { startLogin } from '../security/login.js';
import { fieldsOf, sendPage } from '../security/visit.js';
import type { Services } from '../services.js';
import { SCOPES, WEBHOOKS_PATH } from '../webhooks/routes.js';
import { uninstall } from './uninstall.js';

/** What the app does needs these; the read-only form of a scope is enough where it only reads. */
const NEEDED = [/^store_v2_products$/, /^store_v2_orders/, /^store_v2_customers/, /^store_v2_information/];

/** Pages that a link in the control panel may open directly. */
const DEEP_LINKS: ReadonlyMap<string, string> = new Map([['/prices', 'prices']]);

/** Adds what the platform calls: https://docs.bigcommerce.com, "Single-click app callbacks". */
export function addStoreRoutes(app: FastifyInstance, services: Services): void {
  const { settings, stores, users } = services;
  const { clientId, clientSecret, url, apiUrl, loginUrl } = settings;

  /** Somebody has installed the app, or agreed to new scopes. The browser asks, in the frame of the control panel. */
  app.get('/auth', async (request, reply) => {
    const { code = '', context = '', scope = '' } = fieldsOf(request.query);
    const missing = NEEDED.filter((pattern) => !scope.split(' ').some((each) => pattern.test(each)));
    if (code === '' || missing.length > 0) return sendPage(reply.code(400), messagePage('The app was not installed', WRONG_CALL));
    const token = await fetchToken({
      ...{ clientId, clientSecret, code, context, scope },
      ...{ redirectUri: `${url}/auth`, loginUrl, baseUrl: apiUrl },
    }).catch((error: unknown) => {
      if (!(error instanceof ClientError)) throw error;
      request.log.warn({ err: error }, 'a code was refused');
      return undefined;
    });
    if (token === undefined) return sendPage(reply.code(400), messagePage('The app was not installed', REFUSED_CODE));
    const { storeHash, user, session } = token;
    await stores.install(token);
    await users.see(storeHash, user, false);
    await stores.refresh(storeHash);
    await Webhook.using(session)
      .sync(SCOPES, `${url}${WEBHOOKS_PATH}`)
      .catch((error: unknown) => request.log.error({ err: error }, 'the webhooks could not be created'));
    await session.close();
    startLogin(reply, storeHash, user.id);
    return reply.redirect(`/stores/${storeHash}/orders`, 303);
  });

  /** Somebody has opened the app. A user whom the app does not know has been let in by the owner of the store. */
  app.get('/load', async (request, reply) => {
    const payload = await payloadOf(request, reply);
    if (payload === undefined) return reply;
    const { storeHash, user, owner } = payload;
    if ((await stores.find(storeHash)) === undefined) return sendPage(reply.code(403), messagePage('Install the app again', UNKNOWN_STORE));
    if (await users.wasRemovedAfter(storeHash, user.id, issuedAt(payload)))
      return sendPage(reply.code(401), messagePage('Open the app from the control panel', NOT_SIGNED));
    await stores.refresh(storeHash);
    await users.see(storeHash, user, user.id === owner.id);
    startLogin(reply, storeHash, user.id);
    return reply.redirect(`/stores/${storeHash}/${DEEP_LINKS.get(payload.url) ?? 'orders'}`, 303);
  });

  /** The app was uninstalled. The server of the platform asks. */
  app.get('/uninstall', async (request, reply) => {
    const payload = await payloadOf(request, reply);
    if (payload === undefined) return reply;
    await uninstall(payload.storeHash, issuedAt(payload), services);
    return reply.send({});
  });

  /** The owner of a store has taken the app away from a user. The server of the platform asks. */
  app.get('/remove_user', async (request, reply) => {
    const payload = await payloadOf(request, reply);
    if (payload === undefined) return reply;
    await users.remove(payload.storeHash, payload.user.id);
    return reply.send({});
  });

  /** Reads who asks. Responds with 401 and returns `undefined` if the payload is forged, expired, or for another app. */
  async function payloadOf(request: FastifyRequest, reply: FastifyReply): Promise<SignedPayload | undefined> {
    try {
      return await verifySignedPayloadJwt(fieldsOf(request.query)['signed_payload_jwt'] ?? '', { clientId, clientSecret });
    } catch (error) {
      if (!(error instanceof SignedPayloadError)) throw error;
      request.log.warn({ err: error }, 'a signed payload was refused');
      sendPage(reply.code(401), messagePage('Open the app from the control panel', NOT_SIGNED));
      return undefined;
    }
  }
}

/** When a payload was signed, in seconds since 1970. */
const issuedAt = ({ claims }: SignedPayload): number => Number(claims['iat']);

const WRONG_CALL =
  'The address lacks the code or the permissions that the app needs. Install the app from the control panel of your store.';
const REFUSED_CODE = 'The code was refused: it works once, for a short time. Install the app again from the control panel of your store.';
const UNKNOWN_STORE = 'The app no longer has the permission to work in this store. Install it again from the control panel of your store.';
const NOT_SIGNED = 'This address only works when the control panel of a store opens it. Go there, and open the app from its menu.';
