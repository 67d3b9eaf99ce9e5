import { expect, test } from 'vitest';
import { parseCountText } from '../../../page/format/count-text.js';
import { shortFileName } from '../../../page/format/file-name.js';
import { fileOfLocation, formatLocation } from '../../../page/format/location.js';
import { parseSizeText } from '../../../page/format/size-text.js';
import { shortText, visibleText } from '../../../page/format/text-parts.js';

test('typed sizes are read with their units', () => {
  expect(['500', '1.5 MB', '20k', '3 GiB', '1,5kb'].map(parseSizeText)).toEqual([
    500, 1_500_000, 20_000, 3e9, 1_500,
  ]);
  expect(['', 'many', '-3', '1 TB', '1e9'].map(parseSizeText)).toEqual([null, null, null, null, null]);
});

test('typed counts are read as people write them', () => {
  expect(['500', '1,000', '12,345,678', '2k', '1.5 M'].map(parseCountText)).toEqual([
    500, 1_000, 12_345_678, 2_000, 1_500_000,
  ]);
  expect(['', 'many', '-3', '1.5', '1,00', '2 kB'].map(parseCountText)).toEqual(Array(6).fill(null));
});

test('what hides in a text is made visible', () => {
  expect(visibleText('a\nb\r\nc\td')).toBe('a↵b↵c⇥d');
  expect(visibleText('\u202egpj\u0000\u200b')).toBe('\\u{202e}gpj\\u{0}\\u{200b}');
  expect(visibleText('\ud800 Grüße 你好 👍')).toBe('\\u{d800} Grüße 你好 👍');
});

test('long texts are cut, and say so', () => {
  expect([shortText('abc', 3), shortText('abcd', 3)]).toEqual(['abc', 'abc…']);
});

test('places in code count from 1, and keep the end of a path', () => {
  const location = { scriptName: 'file:///home/somebody/app/server.mjs', scriptId: 7, line: 11, column: 2 };
  expect(formatLocation(location)).toBe('file:///home/somebody/app/server.mjs:12:3');
  expect(formatLocation(location, 10)).toBe('…server.mjs:12:3');
  expect(fileOfLocation(location)).toBe('server.mjs:12');
  expect(fileOfLocation({ ...location, scriptName: null })).toBe('script 7:12');
});

test('names of snapshots lose what all of them end with', () => {
  expect(['a.heapsnapshot', 'b.heaptimeline.gz', '.heapsnapshot', 'c.json'].map(shortFileName)).toEqual([
    'a',
    'b',
    '.heapsnapshot',
    'c.json',
  ]);
});
