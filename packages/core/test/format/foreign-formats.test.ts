import { describe, expect, test } from 'vitest';
import { foreignFormatOfBytes, foreignFormatOfKeys } from '../../src/format/foreign-formats.js';
import { openBytes, rejectionOf } from '../support/open-bytes.js';

const UTF16 = 'text in UTF-16 (save it as UTF-8; PowerShell redirection writes UTF-16)';
const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('by bytes', () => {
  test.each([
    ['a Java heap dump (hprof)', ascii('JAVA PROFILE 1.0.2\0')],
    [UTF16, Uint8Array.of(0xff, 0xfe, 0x7b, 0x00)],
    [UTF16, Uint8Array.of(0xfe, 0xff, 0x00, 0x7b)],
    ['a ZIP archive', ascii('PK\x03\x04\x14\0')],
    ['a 7z archive', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0)],
    ['an xz file', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0)],
    ['a bzip2 file', ascii('BZh91AY')],
    ['an ELF file (a core dump or a program)', ascii('\x7fELF\x02')],
    ['a SQLite database', ascii('SQLite format 3\0')],
    ['an HTML or XML page', ascii('<!doctype html>')],
  ])('%s', async (name, bytes) => {
    expect(foreignFormatOfBytes(bytes)).toBe(name);
    expect(await rejectionOf(openBytes(bytes))).toMatchObject({
      code: 'FOREIGN_FORMAT',
      byteOffset: 0,
      expected: 'a V8 heap snapshot',
      actual: name,
    });
  });

  test.each(['', '{', '{"snapshot":', ' {', 'J', 'PK', '\xef\xbb\xbf{', '\x1f\x8b', '\xff'])(
    'not %j',
    (text) => {
      expect(foreignFormatOfBytes(ascii(text))).toBeUndefined();
    },
  );
});

describe('by keys', () => {
  test.each([
    [['nodes', 'startTime', 'endTime', 'samples'], 'a V8 CPU profile (.cpuprofile)'],
    [['nodes', 'timeDeltas'], 'a V8 CPU profile (.cpuprofile)'],
    [['head', 'samples'], 'a V8 sampling heap profile (.heapprofile)'],
    [['traceEvents'], 'a Chrome trace (performance recording)'],
    [['nodeClassNames', 'nodes'], 'a JavaScriptCore heap snapshot (Safari, or Bun without the V8 format)'],
    [['nodes', 'edges', 'strings'], undefined],
    [['nodes', 'startTime'], undefined],
    [[], undefined],
  ])('%j', (keys, name) => {
    expect(foreignFormatOfKeys(new Set(keys))).toBe(name);
  });
});
