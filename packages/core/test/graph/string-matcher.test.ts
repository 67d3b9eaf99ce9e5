import { expect, test } from 'vitest';
import { StringMatcher } from '../../src/graph/string-matcher.js';
import { drawGraph } from '../support/draw-graph.js';

test('knows every ordinal of a text', () => {
  const names = ['a', 'b', 'a', 'ab'];
  const { strings } = drawGraph(
    names.map((name, i) => ({ name, key: `${i}` })),
    { repeatStrings: true },
  );
  const matchesOf = (text: string): boolean[] => {
    const matcher = new StringMatcher(strings, text);
    return names.map((_, ordinal) => matcher.matches(ordinal));
  };
  expect(matchesOf('a')).toEqual([true, false, true, false]);
  expect(matchesOf('b')).toEqual([false, true, false, false]);
  expect(matchesOf('c')).toEqual([false, false, false, false]);
});
