import { expect } from 'chai';
import { MemoryStore } from '../../lib/session/cache-store.js';

describe('the memory of a cache', () => {
  it('returns what it was given, for its time', async () => {
    const store = new MemoryStore();
    store.set('a', 'text', 20);
    expect(store.get('a')).to.equal('text');
    expect(store.get('b')).to.equal(undefined);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(store.get('a')).to.equal(undefined);
  });

  it('keeps 1,000 texts, and drops the least recently used', () => {
    const store = new MemoryStore();
    for (let each = 0; each < 1000; each++) store.set(`key${each}`, 'x', 60_000);
    store.get('key0');
    store.set('key0', 'y', 60_000);
    store.set('one more', 'x', 60_000);
    expect([store.get('key0'), store.get('key1'), store.get('key2'), store.get('one more')]).to.deep.equal(['y', undefined, 'x', 'x']);
  });

  it('keeps no more than 20 MB of text', () => {
    const store = new MemoryStore();
    for (const key of ['a', 'b', 'c']) store.set(key, key.repeat(8_000_000), 60_000);
    expect([store.get('a'), store.get('b')?.length, store.get('c')?.length]).to.deep.equal([undefined, 8_000_000, 8_000_000]);
    store.set('d', 'd'.repeat(20_000_001), 60_000);
    expect([store.get('b'), store.get('c'), store.get('d')]).to.deep.equal([undefined, undefined, undefined]);
  });
});
