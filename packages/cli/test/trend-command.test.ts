import { describe, expect, it } from 'vitest';
import { after, before, json, later, run, SESSION_LOCATION } from './support/cache-snapshots.js';

describe('heapstream trend', () => {
  it('prints series, deltas and what was kept', async () => {
    const { err, lines, status } = await run('trend', before, after, later, '--bytes');
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(lines).toEqual([
      `${before} → ${after} → ${later}`,
      'total size 10200 → 12225 → 14245',
      'matched by id: 0.0 % of the common ids name another type or name',
      '',
      'Class     Location             Counts  Size delta  Retained delta  # Kept  Kept size  Grows',
      'Session   script 4:10:3  10 → 12 → 14       +4000           +4040       3       3000  steadily',
      'Data                     10 → 12 → 14         +40             +40       3         30  steadily',
      '(string)                    1 → 1 → 1          +5              +5       0          0',
      '',
      '# Kept: allocated after the first snapshot, up to the last but one, and still there',
      '',
    ]);
  });

  it('prints every class as JSON', async () => {
    const document = await json('trend', before, after, later);
    expect(Object.keys(document)).toEqual(['files', 'matchedBy', 'matching', 'totalSizes', 'classes']);
    expect(document.classes).toHaveLength(5);
    expect(document.classes[0]).toEqual({
      name: 'Session',
      location: SESSION_LOCATION,
      counts: [10, 12, 14],
      shallowSizes: [10_000, 12_000, 14_000],
      retainedSizes: [10_100, 12_120, 14_140],
      countDelta: 4,
      shallowDelta: 4000,
      retainedDelta: 4040,
      growsSteadily: { count: true, shallowSize: true, retainedSize: true },
      bornCounts: [9, 3, 2],
      bornSizes: [9000, 3000, 2000],
      keptCount: 3,
      keptSize: 3000,
    });
  });

  it('shows those that grow each time, and sorts by what was kept', async () => {
    const names = async (...args: string[]) =>
      (await json('trend', before, after, later, ...args)).classes.map(({ name }: { name: string }) => name);
    expect(await names('--growing')).toEqual(['Session', 'Data']);
    expect((await names('--sort', 'kept')).slice(0, 2)).toEqual(['Session', 'Data']);
    expect((await names('--sort', 'retained')).slice(0, 2)).toEqual(['Window', 'Session']);
  });

  it('says the same leanly', async () => {
    const expected = await json('trend', before, after, later);
    expect(await json('trend', before, after, later, '--lean')).toEqual(expected);
  });

  it('needs two snapshots', async () => {
    expect(await run('trend', before)).toMatchObject({
      status: 2,
      err: 'heapstream: a trend needs two snapshots or more\n',
    });
  });
});
