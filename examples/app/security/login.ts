import { randomUUID } from 'node:crypto';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Who has opened the app, as the signed cookie says. */
export interface Login {
  /** Identifies the login: the tokens of its forms belong to it. */
  readonly id: string;
  readonly storeHash: string;
  readonly userId: number;
}

const COOKIE = 'login';
const DAY_S = 86_400;

/**
 * A page in a frame of the control panel gets its cookies only if they are for other sites too, and then only over HTTPS. Browsers that
 * block such cookies let partitioned ones through: they belong to the app inside this one site. The path keeps the stores of an agency apart,
 * which works in several at once.
 */
const optionsFor = (storeHash: string): CookieSerializeOptions => ({
  path: `/stores/${storeHash}/`,
  httpOnly: true,
  secure: true,
  sameSite: 'none',
  partitioned: true,
  signed: true,
});

/** Sets the cookie that the pages of a store ask for. */
export function startLogin(reply: FastifyReply, storeHash: string, userId: number): void {
  const value = [randomUUID(), storeHash, userId, Date.now() + DAY_S * 1000].join('.');
  reply.setCookie(COOKIE, value, { ...optionsFor(storeHash), maxAge: DAY_S });
}

/** Reads the cookie of a request for a store. `undefined` if there is none, or it is forged, expired, or of another store. */
export function readLogin(request: FastifyRequest, storeHash: string): Login | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[COOKIE] ?? '');
  const [id, hash, userId, expiresAt] = (valid ? (value ?? '') : '').split('.');
  if (id === undefined || hash !== storeHash || !(Number(expiresAt) > Date.now())) return undefined;
  return { id, storeHash, userId: Number(userId) };
}
