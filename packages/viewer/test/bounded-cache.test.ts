import { describe, expect, test } from 'vitest';
import { BoundedCache } from '../src/bounded-cache.js';

/** What an entry takes by itself, with a key of one letter. */
const OWN = 256 + 2;

function counting(cache: BoundedCache) {
  const computed: string[] = [];
  const get = (key: string, bytes: number): Promise<string> =>
    cache.get(
      key,
      async () => {
        computed.push(key);
        return key;
      },
      () => bytes,
    );
  return { computed, get };
}

describe('BoundedCache', () => {
  test('computes a value once, also for those who ask meanwhile', async () => {
    const { computed, get } = counting(new BoundedCache(10_000));
    expect(await Promise.all([get('a', 1), get('a', 1)])).toEqual(['a', 'a']);
    expect(await get('a', 1)).toBe('a');
    expect(computed).toEqual(['a']);
  });

  test('lets go of what was not asked for longest, and counts the bytes of the rest', async () => {
    const cache = new BoundedCache(2 * (1000 + OWN));
    const { computed, get } = counting(cache);
    await get('a', 1000);
    await get('b', 1000);
    await get('a', 1000);
    await get('c', 1000);
    expect(cache.bytes).toBe(2 * (1000 + OWN));
    await get('a', 1000);
    await get('c', 1000);
    expect(computed).toEqual(['a', 'b', 'c']);
    await get('b', 1000);
    expect(computed).toEqual(['a', 'b', 'c', 'b']);
  });

  test('keeps the newest value whatever it takes', async () => {
    const cache = new BoundedCache(100);
    const { computed, get } = counting(cache);
    await get('a', 5000);
    await get('a', 5000);
    await get('b', 6000);
    await get('b', 6000);
    expect(computed).toEqual(['a', 'b']);
    expect(cache.bytes).toBe(6000 + OWN);
  });

  test('forgets a failure', async () => {
    const cache = new BoundedCache(100);
    let attempts = 0;
    const get = (): Promise<number> =>
      cache.get(
        'a',
        async () => {
          if (++attempts === 1) throw new Error('no luck');
          return attempts;
        },
        () => 8,
      );
    await expect(get()).rejects.toThrow('no luck');
    expect(await get()).toBe(2);
  });
});
