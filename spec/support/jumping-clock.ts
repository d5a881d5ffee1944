// A process of its own, whose clock jumps: an answer of 429 must be waited for as long as it says, not an hour, not at all.
import { json, serve } from './http-server.js';

const now = Date.now;
let shift = 0;
Date.now = () => now() + shift;

const server = await serve((_, response, number) => {
  shift = number === 1 ? 3_600_000 : -3_600_000;
  json(response, { data: 1 }, number === 1 ? 429 : 200, number === 1 ? { 'x-rate-limit-time-reset-ms': '200' } : {});
});
const begun = performance.now();
await server.session().get('/x');
const waited = performance.now() - begun;
console.log(JSON.stringify({ waited, answered: server.requests.length }));
await server.close();
