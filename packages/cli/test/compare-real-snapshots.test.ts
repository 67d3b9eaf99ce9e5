import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { heapstream } from './support/heapstream-command.js';

describe('the built command', () => {
  const pairs = fileURLToPath(new URL('../../conformance/test/fixtures/pairs/', import.meta.url));
  const pair = ['before', 'after'].map((moment) => join(pairs, `node-24-${moment}.heapsnapshot.br`));

  it('finds what a real program leaks, and the list that holds it', async () => {
    const { status, stderr, stdout } = await heapstream(['diff', ...pair, '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { classes, grown, totals } = JSON.parse(stdout);
    const order = classes.find(({ name }: { name: string }) => name === 'Order');
    expect(order.countDelta).toBeGreaterThan(400);
    expect(grown[0]).toMatchObject({ name: 'Array', class: 'Array' });
    expect(totals.delta).toBe(
      totals.addedSize - totals.removedSize + totals.survivorsSizeDelta + totals.extraNativeDelta,
    );
  });

  it('follows it', async () => {
    const { status, stdout } = await heapstream(['trend', ...pair, '--growing', '--filter', 'Promise']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Promise +\d+ → \d+ +\+.* steadily$/m);
  });
});
