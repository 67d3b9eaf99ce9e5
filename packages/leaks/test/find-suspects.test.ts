import { describe, expect, test } from 'vitest';
import { findSuspects } from '../src/find-suspects.js';
import { type DrawnObject, drawRound, listOf, things } from './support/drawn-rounds.js';

describe('suspects of one snapshot', () => {
  test('what keeps a fifth of the heap is medium, a twentieth low, less is none; growth is unknown', () => {
    const large = things(20, 101);
    const small = things(5, 301);
    const tiny = things(1, 501);
    const analysis = drawRound(
      [
        ['large', 5],
        ['small', 7],
        ['tiny', 9],
        ['text', 601],
      ],
      [
        listOf(5, large),
        listOf(7, small),
        listOf(9, tiny),
        ...large,
        ...small,
        ...tiny,
        { id: 601, name: 'text', type: 'string', size: 900 },
      ],
    );
    const findings = findSuspects(analysis);
    expect(
      findings.map(({ class: name, fingerprint, growth, level }) => [name, level, growth, fingerprint]),
    ).toEqual([
      ['Array', 'medium', { count: 0, bytes: 0 }, 'array: Window.large → Array'],
      ['(string)', 'low', { count: 0, bytes: 0 }, 'strings: Window.text → (string)'],
      ['Array', 'low', { count: 0, bytes: 0 }, 'array: Window.small → Array'],
    ]);
    expect(findings[0].explanation).toMatch(
      /^The elements of an Array: keeps \d+\.\d % of the heap, most of it Thing\.$/,
    );
  });

  test('where it gathers: not at those who hold the holder', () => {
    const all = things(30, 101);
    const store: DrawnObject = { id: 5, name: 'Store', edges: [['property', 'items', 7]] };
    const owner: DrawnObject = { id: 9, name: 'Owner', edges: [['property', 'store', 5]] };
    const findings = findSuspects(drawRound([['owner', 9]], [owner, store, listOf(7, all), ...all]));
    expect(findings.map(({ id }) => id)).toEqual([7]);
    expect(findings[0].fingerprint).toBe('array: Window.owner → Owner.store → Store.items → Array');
  });

  test('DOM nodes outside the document, but none of the runtime', () => {
    const held: DrawnObject = { id: 5, name: 'Detached <li>', type: 'native', size: 100 };
    const runtime: DrawnObject = { id: 7, name: 'Detached Node / BindingData', type: 'native', size: 100 };
    const findings = findSuspects(
      drawRound(
        [
          ['element', 5],
          ['binding', 7],
        ],
        [held, runtime],
      ),
    );
    const dom = findings.filter(({ kind }) => kind === 'detached-dom');
    expect(dom.map(({ id }) => id)).toEqual([5]);
  });

  test('copies of strings', () => {
    const texts = things(10, 101, { name: 'again and again', type: 'string' });
    const findings = findSuspects(drawRound([['list', 5]], [listOf(5, texts), ...texts]));
    const strings = findings.find(({ kind }) => kind === 'strings');
    expect(strings?.explanation).toMatch(/^9 copies of strings that are held already: keeps /);
  });

  test('names of any length come cut', () => {
    const name = 'n'.repeat(100_000);
    const all = things(30, 101, { name });
    const [finding] = findSuspects(drawRound([[name, 5]], [listOf(5, all), ...all]));
    expect(JSON.stringify(finding).length).toBeLessThan(3000);
  });

  test('nothing in an empty heap', () => {
    expect(findSuspects(drawRound([], []))).toEqual([]);
  });
});
