import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { Queue } from 'bullmq';
import { expect } from 'chai';
import express from 'express';
import { defineJob } from '../../lib/jobs/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { useRedis } from '../support/redis.js';

describe('Bull Board', () => {
  const redis = useRedis();

  it('shows the queue of a job, whose data has no token', async () => {
    const touch = defineJob('touch', { source: () => Product.where({}), each() {} });
    await touch.enqueue({ stores: ['abc', 'def'], connection: redis.client, id: 'seen' });
    const queue = new Queue('bigrecord-touch-1', { connection: redis.client });
    const serverAdapter = new ExpressAdapter();
    // The types of the two packages agree only in the same version.
    createBullBoard({ queues: [new BullMQAdapter(queue, { readOnlyMode: true })], serverAdapter: serverAdapter as never });
    const server = express().use(serverAdapter.getRouter()).listen(0, '127.0.0.1');
    try {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/api/queues?activeQueue=bigrecord-touch-1&status=prioritized&page=1`);
      const { queues } = (await response.json()) as { queues: { counts: object; jobs: { data: object }[] }[] };
      expect(queues[0]).to.include({ name: 'bigrecord-touch-1', readOnlyMode: true });
      expect(queues[0]?.counts).to.include({ prioritized: 2 });
      expect(queues[0]?.jobs.map(({ data }) => data)).to.have.deep.members([
        { run: 'touch-1-seen', store: 'abc' },
        { run: 'touch-1-seen', store: 'def' },
      ]);
    } finally {
      server.close();
      server.closeAllConnections();
      await queue.close();
    }
  });
});
