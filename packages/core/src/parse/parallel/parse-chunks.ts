import { readSync } from 'node:fs';
import type { ScanPlace } from '../scan-kernel.js';
import { giveBackKernel, takeKernel } from './chunk-kernel.js';
import { type ChunkBytes, ChunkParser, type ChunkReport, LEAD_BYTES } from './chunk-parser.js';
import { ChunkRing, type RingBuffers } from './chunk-ring.js';
import { PhaseControl } from './phase-control.js';
import type { RowPlan } from './row-plan.js';

/** Where chunks come from: a file that every thread reads itself, or a ring that the main thread fills. */
export type ChunkSource =
  | { readonly fd: number; readonly start: number; readonly chunkBytes: number }
  | { readonly ring: RingBuffers; readonly start: number };

/** The input of {@link parseChunks}. */
export interface ParseChunksInput {
  readonly task: number;
  readonly module: WebAssembly.Module;
  /** Where the task's kernel may work, in the memory of the columns. */
  readonly place: ScanPlace | null;
  readonly plan: RowPlan;
  readonly control: SharedArrayBuffer;
  readonly source: ChunkSource;
}

/** How often a thread looks in vain for a new chunk of a stream before it makes room for other tasks. */
const PATIENCE = 3;

/** Runs in a worker: parses chunks until the phase ends, or until a stream has brought none for a while. */
export function parseChunks({
  control: buffer,
  module,
  place,
  plan,
  source,
  task,
}: ParseChunksInput): ChunkReport | null {
  const control = new PhaseControl(buffer);
  if (!control.join(task)) return null;
  try {
    const chunkBytes = 'ring' in source ? source.ring.chunkBytes : source.chunkBytes;
    const kernel = takeKernel(module, chunkBytes, place);
    const parser = new ChunkParser(plan, control, kernel);
    if ('ring' in source) parseRing(parser, control, new ChunkRing(source.ring), source.start);
    else parseFile(parser, control, source.fd, source.start, chunkBytes);
    giveBackKernel(kernel);
    return parser.report;
  } finally {
    control.leave(task);
  }
}

function parseFile(
  parser: ChunkParser,
  control: PhaseControl,
  fd: number,
  start: number,
  chunkBytes: number,
): void {
  while (!control.stopped) {
    const chunk = control.claim();
    const bytes = fileChunk(chunk, start, chunkBytes);
    const wanted = bytes.lead + bytes.own;
    const length = readAll(fd, parser.input, wanted, bytes.offset - bytes.lead);
    const isLast = length < wanted;
    const there = isLast ? cutTo(bytes, length) : bytes;
    parser.scan(there);
    if (!control.waitForTurn(chunk)) return;
    parser.place(there, isLast);
  }
}

/** Bytes that are there, up to `wanted`. A read that fails ends the phase: the main thread meets the failure, too. */
function readAll(fd: number, buffer: Uint8Array, wanted: number, offset: number): number {
  let length = 0;
  try {
    while (length < wanted) {
      const read = readSync(fd, buffer, length, wanted - length, offset + length);
      if (read === 0) break;
      length += read;
    }
  } catch {
    return length;
  }
  return length;
}

function parseRing(parser: ChunkParser, control: PhaseControl, ring: ChunkRing, start: number): void {
  let vainLooks = 0;
  while (!control.stopped && vainLooks < PATIENCE) {
    const seen = control.produced;
    const chunk = control.claimProduced();
    if (chunk < 0) {
      vainLooks++;
      control.waitForProduced(seen);
      continue;
    }
    vainLooks = 0;
    const { bytes, isLast } = takeFromRing(parser, ring, chunk, start);
    parser.scan(bytes);
    if (!control.waitForTurn(chunk)) return;
    parser.place(bytes, isLast);
    ring.markParsed(chunk);
  }
}

/** Where a chunk of a file stands, if it is whole. */
export function fileChunk(chunk: number, start: number, chunkBytes: number): ChunkBytes {
  const before = chunk * chunkBytes;
  const lead = Math.min(before, LEAD_BYTES);
  return { chunk, offset: start + before, lead, own: chunkBytes, isFromStart: lead === before };
}

/** What is there of a chunk that the file's end cuts. */
export function cutTo(bytes: ChunkBytes, length: number): ChunkBytes {
  const lead = Math.min(bytes.lead, length);
  return { ...bytes, lead, own: length - lead };
}

/** Copies a chunk into the parser's input. */
export function takeFromRing(
  parser: ChunkParser,
  ring: ChunkRing,
  chunk: number,
  start: number,
): { bytes: ChunkBytes; isLast: boolean } {
  parser.input.set(ring.allBytes(chunk));
  const own = ring.sizeOf(chunk);
  const bytes = { ...fileChunk(chunk, start, ring.buffers.chunkBytes), own };
  return { bytes, isLast: own < ring.buffers.chunkBytes };
}
