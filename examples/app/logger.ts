import type { FastifyRequest, FastifyServerOptions } from 'fastify';

/** Logs requests without their queries: those of callbacks carry codes and signed payloads. */
export const LOGGER: FastifyServerOptions['logger'] = {
  serializers: {
    req: ({ method, url }: FastifyRequest) => ({ method, path: url.replace(/\?.*$/s, '') }),
  },
};
