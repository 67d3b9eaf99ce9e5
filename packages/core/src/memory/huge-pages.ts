import { createRequire } from 'node:module';
import { type SystemFiles, systemFiles } from './system-files.js';

/** Bytes from which a buffer is worth it: a few huge pages of 2 MiB. */
const LEAST_BYTES = 8 * 1024 * 1024;
const PAGE_BYTES = 4096n;
/** Advice of Linux' madvise(2). */
const MADV_HUGEPAGE = 14;
const MADV_NOHUGEPAGE = 15;

/** What is asked of the C library. */
interface LibC {
  readonly addressOf: (value: ArrayBufferView) => bigint;
  readonly madvise: (address: bigint, length: bigint, advice: number) => number;
}

/** `null`: the system cannot be asked, or gives huge pages unasked. Undefined before the first large buffer. */
let libC: LibC | null | undefined;

/**
 * Asks Linux for pages of 2 MiB, instead of 4 KiB, behind a large buffer, or what is from `from` on, that was not
 * written to yet; returns whether it took the advice. Columns are read at random, and on a virtual machine small pages can cost as much as the work itself.
 * Where the system gives huge pages to those who ask, it is asked through koffi, an optional dependency. What does not
 * succeed changes nothing but the time.
 */
export function preferHugePages(buffer: SharedArrayBuffer, from = 0): boolean {
  if (buffer.byteLength - from < LEAST_BYTES) return false;
  libC ??= mustBeAsked(systemFiles()) ? loadLibC() : null;
  return advise(buffer, from, buffer.byteLength, MADV_HUGEPAGE);
}

/** Takes that back for the bytes in [from, end), few of which will be written: a huge page is cleared for the first of them. */
export function preferSmallPages(buffer: SharedArrayBuffer, from: number, end: number): boolean {
  return advise(buffer, from, end, MADV_NOHUGEPAGE);
}

function advise(buffer: SharedArrayBuffer, from: number, end: number, advice: number): boolean {
  if (!libC || from >= end) return false;
  const address = libC.addressOf(new Uint8Array(buffer, from, 1));
  const padding = (PAGE_BYTES - (address % PAGE_BYTES)) % PAGE_BYTES;
  const length = BigInt(end - from) - padding;
  return length > 0 && libC.madvise(address + padding, length, advice) === 0;
}

/** Whether the system gives huge pages to those who ask, and to them alone. */
export function mustBeAsked(files: SystemFiles, platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'linux') return false;
  return files.read('/sys/kernel/mm/transparent_hugepage/enabled')?.includes('[madvise]') ?? false;
}

/** Takes some milliseconds, hence not before there is a large buffer. */
function loadLibC(): LibC | null {
  try {
    const koffi = loadKoffi();
    // the program's own symbols: whatever C library it runs on
    const madvise = koffi.load(null).func('int madvise(uintptr_t address, size_t length, int advice)');
    return { addressOf: (value) => koffi.address(value), madvise: (...args) => madvise(...args) };
  } catch {
    return null;
  }
}

type Koffi = typeof import('koffi');

function loadKoffi(): Koffi {
  try {
    // the part of koffi for this machine, where it can be found from here: half the time
    return createRequire(import.meta.url)(`@koromix/koffi-linux-${process.arch}`) as Koffi;
  } catch {
    return createRequire(import.meta.url)('koffi') as Koffi;
  }
}
