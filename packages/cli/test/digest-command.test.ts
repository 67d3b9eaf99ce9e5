import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { after, before, folder, json, later, run, write } from './support/cache-snapshots.js';

describe('heapstream digest', () => {
  it('writes a file beside the snapshot, which diff and trend take instead of it', async () => {
    const { err, out, status } = await run('digest', before);
    const digest = join(folder, 'before.heapdigest');
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toMatch(/^\S+before\.heapdigest: \d+ B, 5 classes, 0 shapes of plain objects\n$/);
    expect(statSync(digest).size).toBeLessThan(1000);

    const { lines } = await run('diff', digest, after);
    expect(lines[1]).toBe(`matched by class: ${digest} is a stored digest, which has no object ids`);
    const { base: _, matching: __, ...expected } = await json('diff', before, after, '--by', 'class');
    expect(await json('diff', digest, after)).toMatchObject(expected);
    const trend = await json('trend', digest, after, later);
    expect(trend.classes.map(({ counts }: { counts: number[] }) => counts[0])).toEqual([10, 10, 1, 1, 1]);
    expect(await run('diff', digest, after, '--by', 'id')).toMatchObject({
      status: 3,
      err: `heapstream: cannot match by id: ${digest} is a stored digest, which has no object ids\n`,
    });
  });

  it('writes where it is told, whole or not at all', async () => {
    const output = join(folder, 'elsewhere.heapdigest');
    expect((await run('digest', after, '--output', output)).status).toBe(0);
    expect(existsSync(output)).toBe(true);
    const cut = write('half.heapsnapshot', readFileSync(before).subarray(0, 300));
    expect((await run('digest', cut)).status).toBe(3);
    expect(existsSync(join(folder, 'half.heapdigest'))).toBe(false);
    expect(await run('digest', '-')).toMatchObject({
      status: 2,
      err: 'heapstream: --output says where the digest of standard input goes\n',
    });
  });

  it('is refused where it is damaged, with the name of the file', async () => {
    await run('digest', before);
    const damaged = write('bad.heapdigest', readFileSync(join(folder, 'before.heapdigest')).subarray(0, 60));
    expect(await run('diff', before, damaged)).toMatchObject({
      status: 3,
      err: expect.stringMatching(
        /^heapstream: the second snapshot: \S+bad\.heapdigest: the digest is damaged/,
      ),
    });
  });
});
