/** Other tools' files that people hand to a heap snapshot reader by mistake. */

interface ForeignKeys {
  readonly name: string;
  /** Top-level keys that the format has and a V8 heap snapshot has not. */
  readonly keys: readonly string[];
}

const FOREIGN_KEYS: readonly ForeignKeys[] = [
  { name: 'a Chrome trace (performance recording)', keys: ['traceEvents'] },
  { name: 'a V8 sampling heap profile (.heapprofile)', keys: ['head'] },
  { name: 'a V8 CPU profile (.cpuprofile)', keys: ['nodes', 'startTime', 'endTime'] },
  { name: 'a V8 CPU profile (.cpuprofile)', keys: ['nodes', 'timeDeltas'] },
  { name: 'a JavaScriptCore heap snapshot (Safari, or Bun without the V8 format)', keys: ['nodeClassNames'] },
  { name: "a heap dump in Hermes' own old format", keys: ['totalHeapSize', 'roots'] },
  { name: 'a Node.js diagnostic report', keys: ['header', 'javascriptStack'] },
  { name: 'a package.json', keys: ['name', 'version'] },
];

interface Magic {
  readonly name: string;
  readonly bytes: readonly number[];
}

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

const MAGICS: readonly Magic[] = [
  { name: 'a Java heap dump (hprof)', bytes: ascii('JAVA PROFILE') },
  { name: 'text in UTF-16 (save it as UTF-8; PowerShell redirection writes UTF-16)', bytes: [0xff, 0xfe] },
  { name: 'text in UTF-16 (save it as UTF-8; PowerShell redirection writes UTF-16)', bytes: [0xfe, 0xff] },
  { name: 'a ZIP archive', bytes: ascii('PK\x03\x04') },
  { name: 'a 7z archive', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { name: 'an xz file', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { name: 'a bzip2 file', bytes: ascii('BZh') },
  { name: 'an ELF file (a core dump or a program)', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { name: 'a SQLite database', bytes: ascii('SQLite format 3') },
  { name: 'an HTML or XML page', bytes: ascii('<') },
];

/** The format that a file's first bytes tell, or undefined. */
export function foreignFormatOfBytes(start: Uint8Array): string | undefined {
  return MAGICS.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte))?.name;
}

/** The format that a JSON object's keys tell, or undefined. */
export function foreignFormatOfKeys(keys: ReadonlySet<string>): string | undefined {
  return FOREIGN_KEYS.find((format) => format.keys.every((key) => keys.has(key)))?.name;
}
