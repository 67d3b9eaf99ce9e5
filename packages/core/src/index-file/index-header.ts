import {
  BYTES_PER_ELEMENT,
  type IndexGroup,
  type IndexHeader,
  IndexProblem,
  type IndexSection,
  PREAMBLE_BYTES,
  pageCountOf,
  type SnapshotIdentity,
} from './index-format.js';

/**
 * Takes the unpacked header apart, and throws an {@link IndexProblem} where it is not as a writer makes it: sections must lie
 * in the file before `end`, hold whole elements, and have a checksum for each page.
 */
export function checkHeader(value: unknown, end: number): IndexHeader {
  const header = record(value);
  return {
    engine: text(header.engine),
    snapshot: identityOf(record(header.snapshot)),
    options: text(header.options),
    groups: list(header.groups).map((group) => groupOf(record(group), end)),
  };
}

function identityOf({ size, modified, sample }: Record<string, unknown>): SnapshotIdentity {
  return { size: count(size), modified: text(modified), sample: list(sample).map(count) };
}

function groupOf({ name, version, sections }: Record<string, unknown>, end: number): IndexGroup {
  return {
    name: text(name),
    version: text(version),
    sections: list(sections).map((section) => sectionOf(record(section), end)),
  };
}

function sectionOf(value: Record<string, unknown>, end: number): IndexSection {
  const { kind, checksums } = value;
  const offset = count(value.offset);
  const byteLength = count(value.byteLength);
  if (kind !== 'u8' && kind !== 'u32' && kind !== 'f64' && kind !== 'msgpack') throw damage();
  if (offset < PREAMBLE_BYTES || offset % 8 !== 0 || offset + byteLength > end) throw damage();
  if (byteLength % BYTES_PER_ELEMENT[kind] !== 0) throw damage();
  if (!(checksums instanceof Uint8Array) || checksums.length !== pageCountOf(byteLength) * 4) throw damage();
  return { name: text(value.name), kind, offset, byteLength, checksums };
}

function record(value: unknown): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw damage();
  return value as Record<string, unknown>;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw damage();
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw damage();
  return value;
}

function count(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw damage();
  return value as number;
}

function damage(): IndexProblem {
  return new IndexProblem('damaged', 'its header is not as it should be');
}
