import type { FastifyRequest } from 'fastify';

/** Logs requests without their queries: those of callbacks carry codes and signed payloads. @param level the least that is logged */
export const loggerFor = (level: 'info' | 'warn') => ({
  level,
  serializers: {
    req: ({ method, url }: FastifyRequest) => ({ method, path: url.replace(/\?.*$/s, '') }),
  },
});
