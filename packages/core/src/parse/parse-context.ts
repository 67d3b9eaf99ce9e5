import { type FormatProblem, SnapshotFormatError, SnapshotLimitError } from '../errors.js';
import type { Limits } from '../limits.js';
import type { SnapshotWarning, SnapshotWarningCode } from '../warnings.js';

/** What all parsers of one input share: its name for errors, the limits, and the warnings collected so far. */
export class ParseContext {
  readonly file: string;
  readonly limits: Readonly<Limits>;
  readonly warnings: SnapshotWarning[] = [];
  /** Bytes of the document where they are known: not of a pipe, nor of a compressed file. */
  byteLength: number | undefined;

  constructor(file: string, limits: Readonly<Limits>) {
    this.file = file;
    this.limits = limits;
  }

  fail(problem: FormatProblem, options?: ErrorOptions): never {
    throw new SnapshotFormatError(problem, this.file, options);
  }

  exceeds(limit: keyof Limits, section: string, byteOffset: number): never {
    throw new SnapshotLimitError(limit, this.limits[limit], this.file, `${section}, byte ${byteOffset}`);
  }

  warn(code: SnapshotWarningCode, message: string): void {
    this.warnings.push({ code, message });
  }
}

/** `'x'` for a printable byte, else its value: how errors quote the byte that stood in the way. */
export function describeByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f
    ? `'${String.fromCharCode(byte)}'`
    : `byte 0x${byte.toString(16).padStart(2, '0')}`;
}
