export { type CurrentCustomer, verifyCurrentCustomerJwt } from './current-customer.js';
export { type CustomerLogin, customerLoginToken, customerLoginUrl } from './customer-login.js';
export { verifySignedPayload } from './signed-payload.js';
export { SignedPayloadError } from './signed-payload-error.js';
export { type PayloadUser, type SignedPayload, verifySignedPayloadJwt } from './signed-payload-jwt.js';
export { fetchToken, type Token, type TokenRequest, type TokenUser } from './token.js';
export type { VerifyOptions } from './verified-token.js';
