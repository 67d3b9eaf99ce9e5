import { describe, expect, test } from 'vitest';
import { type SearchQuery, searchNodes } from '../../src/queries/search.js';
import { analyzeDrawn } from '../support/drawn-analysis.js';

const { analysis } = analyzeDrawn([
  { key: 'root', type: 'synthetic', edges: [['element', 1, 'window']] },
  { key: 'window', name: 'Window', size: 1 },
  { key: 'session', name: 'SessionStore', size: 2 },
  { key: 'text', type: 'string', name: 'my session, straße', size: 3 },
  { key: 'none', name: 'Session', size: 0 },
  {
    key: 'plain',
    name: 'Object',
    size: 4,
    edges: [
      ['property', 'sessionId', 'text'],
      ['property', 'b', 'text'],
    ],
  },
  {
    key: 'joined',
    type: 'concatenated string',
    name: '(concatenated string)',
    size: 5,
    edges: [
      ['internal', 'first', 'ses'],
      ['internal', 'second', 'sion'],
    ],
  },
  { key: 'ses', type: 'string', name: 'SES', size: 6 },
  { key: 'sion', type: 'string', name: 'SION', size: 7 },
  { key: 'div', type: 'native', name: '<div>', size: 8, detachedness: 2 },
]);

const KEYS = ['root', 'window', 'session', 'text', 'none', 'plain', 'joined', 'ses', 'sion', 'div'];

function search(query: SearchQuery): string[] {
  return [...searchNodes(analysis, query).ordinals].map((ordinal) => KEYS[ordinal]);
}

describe('searchNodes', () => {
  test.each([
    ['session', ['joined', 'plain', 'text', 'session']],
    ['SESSION', ['joined', 'plain', 'text', 'session']],
    ['Id, b', ['plain']],
    ['{sess', ['plain']],
    ['straße', ['text']],
    ['STRASSE', []],
    ['detached <', ['div']],
    ['(concatenated', []],
    ['', ['div', 'sion', 'ses', 'joined', 'plain', 'text', 'session', 'window']],
    [/^Ses/, ['session']],
    [/^ses/gi, ['joined', 'ses', 'session']],
    [/\{.*\}/y, ['plain']],
  ] as [SearchQuery, string[]][])('%s', (query, keys) => {
    // what retains most first: joined 18, div 8, sion 7, ses 6, …
    expect(new Set(search(query))).toEqual(new Set(keys));
  });

  test('gives pages, the largest retained size first', () => {
    const { ordinals, total } = searchNodes(analysis, 'session', { limit: 2, offset: 1 });
    const all = searchNodes(analysis, 'session').ordinals;
    expect(total).toBe(4);
    expect([...ordinals]).toEqual([...all.slice(1, 3)]);
    const sizes = [...all].map((ordinal) => analysis.retainedSizeOf(ordinal));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });
});
