import { expect, it } from 'vitest';
import { placeBetweenMarks } from '../src/report/write-results.js';

it('replaces what stands between the marks, again and again', () => {
  const text = 'before\n<!-- open -->\nold\n<!-- /open -->\nafter\n';
  const once = placeBetweenMarks(text, 'open', 'new\n');
  expect(once).toBe('before\n<!-- open -->\n\nnew\n\n<!-- /open -->\nafter\n');
  expect(placeBetweenMarks(once, 'open', 'new\n')).toBe(once);
});

it('refuses a text without the marks', () => {
  expect(() => placeBetweenMarks('nothing', 'open', 'new')).toThrow('no <!-- open -->');
});
