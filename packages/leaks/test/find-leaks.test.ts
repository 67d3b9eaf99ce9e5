import { OperationAbortedError } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { describe, expect, test } from 'vitest';
import { findLeaks } from '../src/find-leaks.js';
import type { LeakRule } from '../src/leak-rule.js';
import { LEAK_RULES } from '../src/rules/leak-rules.js';
import { type DrawnObject, drawRound, listOf, things } from './support/drawn-rounds.js';

/** Rounds with a list of so many things. */
function listRounds(...counts: number[]): HeapAnalysis[] {
  return counts.map((count) =>
    drawRound([['list', 5]], [listOf(5, things(count, 101)), ...things(count, 101)]),
  );
}

describe('what grows', () => {
  test('a list that gets longer every round, not one that does so at times', async () => {
    const [finding, ...others] = await findLeaks(listRounds(10, 20, 30));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'arrays',
      level: 'high',
      confidence: 0.8,
      id: 5,
      growth: { count: 10, bytes: 1000 },
      fingerprint: 'array: Window.list → Array',
    });
    expect(await findLeaks(listRounds(10, 30, 30))).toEqual([]);
    expect(await findLeaks(listRounds(30, 10, 30))).toEqual([]);
    expect(await findLeaks(listRounds(30, 20, 10))).toEqual([]);
  });

  test('one round is worth a look, a trifle is not much more', async () => {
    const [pair] = await findLeaks(listRounds(10, 20));
    expect(pair).toMatchObject({ level: 'medium', confidence: 0.5 });
    // one object of a size that no snapshot leaves behind, in a heap where it is little
    const [trifle] = await findLeaks(
      [1000, 1002, 1004].map((count) =>
        drawRound(
          [['list', 5]],
          [listOf(5, things(count, 101, { size: 300 })), ...things(count, 101, { size: 300 })],
        ),
      ),
    );
    expect(trifle).toMatchObject({ level: 'medium', growth: { count: 2, bytes: 600 } });
  });

  test('what two lists hold counts half for each', async () => {
    const rounds = [10, 20, 30].map((count) => {
      const all = things(count, 101);
      return drawRound(
        [
          ['a', 5],
          ['b', 7],
        ],
        [listOf(5, all), listOf(7, all), ...all],
      );
    });
    const findings = await findLeaks(rounds);
    expect(findings.map(({ fingerprint, growth }) => [fingerprint, growth])).toEqual([
      ['array: Window.a → Array', { count: 10, bytes: 500 }],
      ['array: Window.b → Array', { count: 10, bytes: 500 }],
    ]);
  });

  test('a list that is copied into a new one whenever it grows', async () => {
    const rounds = [10, 20, 30].map((count, round) => {
      const all = things(count, 101);
      const store: DrawnObject = { id: 5, name: 'Store', edges: [['property', 'items', 901 + 2 * round]] };
      return drawRound([['store', 5]], [store, listOf(901 + 2 * round, all), ...all]);
    });
    const [finding] = await findLeaks(rounds);
    expect(finding).toMatchObject({
      kind: 'array',
      id: 905,
      level: 'high',
      fingerprint: 'array: Window.store → Store.items → Array',
    });
  });

  test('a chain that is added to at its end, told by its first link', async () => {
    const rounds = [10, 20, 30].map((count) => {
      const links = Array.from(
        { length: count },
        (_, i): DrawnObject => ({
          id: 101 + 2 * i,
          name: 'Link',
          size: 100,
          edges: i + 1 < count ? [['property', 'next', 103 + 2 * i]] : [],
        }),
      );
      return drawRound([['first', 101]], links);
    });
    const [finding] = await findLeaks(rounds);
    expect(finding).toMatchObject({
      kind: 'object',
      class: 'Link',
      id: 101,
      growth: { count: 10, bytes: 1000 },
      fingerprint: 'object: Window.first → Link',
    });
  });

  test('lists that read the same are one finding', async () => {
    const rounds = [10, 20, 30].map((count) => {
      const sessions = [5, 7, 9].map(
        (id): DrawnObject => ({
          id,
          name: 'Session',
          edges: [['property', 'log', id * 100 + 1]],
        }),
      );
      const logs = [5, 7, 9].map((id) => {
        const all = things(count, id * 1000 + 1);
        return [listOf(id * 100 + 1, all), ...all];
      });
      return drawRound([['sessions', 11]], [listOf(11, sessions), ...sessions, ...logs.flat()]);
    });
    const [finding, ...others] = await findLeaks(rounds);
    expect(others).toEqual([]);
    expect(finding.growth).toEqual({ count: 30, bytes: 3000 });
    expect(finding.explanation).toMatch(/; 2 more like it\.$/);
  });
});

describe('what is ranked down, with its reason', () => {
  test('a cache that fills up', async () => {
    const [finding] = await findLeaks(listRounds(10, 50, 65, 70));
    expect(finding).toMatchObject({ level: 'low' });
    expect(finding.explanation).toMatch(
      /; ranked down: it fills up: each round adds less than the one before \(40, 15, 5\)\.$/,
    );
  });

  test('not a list that grows steadily while its own bytes grow by leaps', async () => {
    const rounds = [10, 20, 30].map((count, round) => {
      const all = things(count, 101);
      return drawRound([['list', 5]], [{ ...listOf(5, all), size: [500, 9_000, 9_001][round] }, ...all]);
    });
    const [finding] = await findLeaks(rounds);
    expect(finding).toMatchObject({ level: 'high', growth: { count: 10 } });
  });

  test.each([
    ['Module', 'modules stay in the module cache once they are loaded'],
    ['TickObject', 'requests may still be in flight'],
  ])('a list of %s', async (name, reason) => {
    const rounds = [10, 20, 30].map((count) => {
      const all = things(count, 101, { name });
      return drawRound([['list', 5]], [listOf(5, all), ...all]);
    });
    const [finding] = await findLeaks(rounds);
    expect(finding.level).toBe('low');
    expect(finding.explanation).toContain(`; ranked down: ${reason}.`);
    const [unaware] = await findLeaks(rounds, { artefacts: [] });
    expect(unaware.level).toBe('high');
  });
});

test('what a browser makes to show the document is ranked down', async () => {
  const rounds = [10, 20, 30].map((count) => {
    const all = things(count, 101);
    return drawRound(
      [['document', 5]],
      [{ ...listOf(5, all), name: 'blink::LayoutView', type: 'native' }, ...all],
    );
  });
  const [finding] = await findLeaks(rounds);
  expect(finding).toMatchObject({ level: 'low', fingerprint: 'object: Window.document → Window' });
});

describe('growth that is scattered', () => {
  /** Users of which each round lets some act, never the same two rounds in a row. */
  const scattered = (name: string) =>
    [0, 1, 2].map((round) => {
      const users = Array.from({ length: 20 }, (_, i): DrawnObject[] => {
        const acted = Array.from({ length: round + 1 }, (_, r) => r).filter((r) => (i + r) % 2 === 0).length;
        const all = things(acted, 10_001 + 100 * i);
        const list = listOf(1_001 + 2 * i, all);
        return [{ id: 101 + 2 * i, name, edges: [['property', 'history', list.id]] }, list, ...all];
      });
      const held = users.map(([user], i) => [`u${i}`, user.id] as const);
      return drawRound(held, users.flat());
    });

  test('over objects of one kind is told as one finding, of all that was added', async () => {
    const [finding, ...others] = await findLeaks(scattered('User'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: 'array', level: 'high', growth: { count: 10, bytes: 1000 } });
    expect(finding.fingerprint).toMatch(/^array: Window\.u\d+ → User\.history → Array$/);
  });
});

describe('how objects find each other', () => {
  /** Ids given out anew in every snapshot. */
  const renumbered = [10, 20, 30].map((count, round) => {
    const all = things(count, 1001 + 2 * round, { name: 'Thing' });
    const other: DrawnObject = { id: 1001 + 2 * (round + count), name: 'Array' };
    return drawRound(
      [['list', other.id]],
      [listOf(other.id, all), ...all, { id: 21 + 2 * round, name: `Other${round}` }],
    );
  });

  test('by class where ids mean nothing: never high', async () => {
    const [finding] = await findLeaks(renumbered, { match: 'class' });
    expect(finding).toMatchObject({
      level: 'medium',
      class: 'Array',
      growth: { count: 10, bytes: 1000 },
      fingerprint: 'array: Window.list → Array',
    });
  });

  test('by class when most of the common ids name something else', async () => {
    const rounds = [10, 20, 30].map((count, round) => {
      const all = Array.from(
        { length: count },
        (_, i): DrawnObject => ({
          id: 101 + 2 * i,
          name: i % 3 === round ? 'Thing' : `Thing${(i + round) % 7}`,
          size: 100,
        }),
      );
      return drawRound([['list', 5]], [listOf(5, all), ...all]);
    });
    const findings = await findLeaks(rounds);
    expect(findings.every(({ level }) => level !== 'high')).toBe(true);
    const [asked] = await findLeaks(rounds, { match: 'id' });
    expect(asked.level).toBe('high');
  });
});

test('rules of the caller come first', async () => {
  const mine: LeakRule = { name: 'mine', kind: 'object', recognise: () => 'what I know' };
  const [finding] = await findLeaks(listRounds(10, 20, 30), { rules: [mine, ...LEAK_RULES] });
  expect(finding).toMatchObject({ rule: 'mine', kind: 'object' });
  expect(finding.explanation).toMatch(
    /^What I know: grew by 1,000 bytes and 10 Thing in every one of 2 rounds\.$/,
  );
});

test('tells its steps, and stops when it is told to', async () => {
  const steps: string[] = [];
  await findLeaks(listRounds(10, 20, 30), { onProgress: ({ step }) => steps.push(step) });
  expect(steps).toEqual(['survivors', 'held', 'held', 'held', 'shares']);
  const stopped = findLeaks(listRounds(10, 20), { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toThrow(OperationAbortedError);
  await expect(findLeaks(listRounds(10))).rejects.toThrow('leaks need two snapshots or more, got 1');
});
