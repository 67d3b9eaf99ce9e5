import { type FormatProblem, SnapshotFormatError, SnapshotLimitError } from '../errors.js';
import type { Limits } from '../limits.js';
import type { SnapshotWarning, SnapshotWarningCode } from '../warnings.js';
import type { RowProblem } from './number-sink.js';

/** How large the document may be, as far as that is known. */
export interface DocumentSize {
  /** Bytes of the document, of a file that is not compressed. */
  readonly exact?: number | undefined;
  /** Bytes that a compressed file can have at most. */
  readonly atMost?: number | undefined;
}

/** What all parsers of one input share: its name for errors, the limits, and the warnings collected so far. */
export class ParseContext {
  readonly file: string;
  readonly limits: Readonly<Limits>;
  readonly warnings: SnapshotWarning[] = [];
  /** Known once the source is open. */
  size: DocumentSize = {};

  constructor(file: string, limits: Readonly<Limits>) {
    this.file = file;
    this.limits = limits;
  }

  fail(problem: FormatProblem, options?: ErrorOptions): never {
    throw new SnapshotFormatError(problem, this.file, options);
  }

  exceeds(limit: keyof Limits, section: string, byteOffset: number): never {
    return this.exceedsFixed(limit, this.limits[limit], section, byteOffset);
  }

  /** A limit that no option moves. */
  exceedsFixed(limit: string, allowed: number, section: string, byteOffset: number): never {
    throw new SnapshotLimitError(limit, allowed, this.file, `${section}, byte ${byteOffset}`);
  }

  /** Reports what rows of a section have wrong. */
  failOnRow({ code, expected, actual, limit }: RowProblem, section: string, byteOffset: number): never {
    if (limit) return this.exceedsFixed(limit.name, limit.allowed, section, byteOffset);
    return this.fail({ code, section, byteOffset, expected, actual });
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
