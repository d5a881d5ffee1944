// A store over TLS that supports HTTP/1.1 and HTTP/2, in a separate process.
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { product } from './catalog.js';

const LATENCY_MS = Number(process.argv[2] ?? 0);
const PAGE = 250;
const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
  keyType: 'ec',
  algorithm: 'sha256',
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
});
const bodyOf = (rows: unknown): Buffer => Buffer.from(JSON.stringify({ data: rows, meta: {} }));
const one = bodyOf(product(1, 'v3', []));
const page = bodyOf(Array.from({ length: PAGE }, (_, at) => product(at + 1, 'v3', [])));

const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
  const bytes = request.url.includes('page') ? page : one;
  const send = (): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.end(bytes);
  };
  if (LATENCY_MS > 0) setTimeout(send, LATENCY_MS);
  else send();
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
