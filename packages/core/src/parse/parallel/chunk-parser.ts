import { placeEdges, placeNodes, placeTable } from '../place-rows.js';
import type { ScanKernel } from '../scan-kernel.js';
import { BYTE } from '../value-parser.js';
import { OddNumbers } from './odd-numbers.js';
import type { PhaseControl } from './phase-control.js';
import type { RowPlan } from './row-plan.js';

/**
 * Bytes before a chunk that come with it: a row that ends in the chunk begins there. A chunk whose end is farther from
 * its last whole row ends the phase, so that the next chunk always finds the beginning of its first row.
 */
export const LEAD_BYTES = 1024;

/** The bytes of a chunk in `ChunkParser.input`: `lead` of them stand before it, `own` are its. */
export interface ChunkBytes {
  readonly chunk: number;
  /** Byte offset of the first own byte in the document. */
  readonly offset: number;
  readonly lead: number;
  readonly own: number;
  /** Whether the bytes before the chunk reach back to where the first row begins. */
  readonly isFromStart: boolean;
}

/** Where the rows that were placed in parallel end: the sequential parser goes on there. */
export interface Closure {
  readonly chunk: number;
  /** Byte offset behind the comma of the last row placed. */
  readonly offset: number;
  /** Whole rows in the columns. */
  readonly row: number;
  readonly edgeTotal: number;
}

/** What a thread has to say at the end. Of chunks after the first closure nothing counts. */
export interface ChunkReport {
  closure: Closure | undefined;
  /** Chunk, largest name so far, its row: three numbers for every chunk that has a larger one. */
  readonly names: number[];
  /** The first chunk that has a detachedness other than 0. */
  detachedChunk: number;
}

/**
 * Parses chunks of one section straight into their place in the columns. Takes what is regular; before anything else
 * (the end of the section, too) it closes the phase, and the sequential parser goes on, so that there is one place
 * where problems are named.
 */
export class ChunkParser {
  readonly input: Uint8Array;
  readonly report: ChunkReport = { closure: undefined, names: [], detachedChunk: Number.POSITIVE_INFINITY };
  readonly #plan: RowPlan;
  readonly #control: PhaseControl;
  readonly #kernel: ScanKernel;
  readonly #odd = new OddNumbers();
  #nameEnd: number;

  // the chunk at hand
  #count = 0;
  #leadNumbers = 0;
  #stoppedAt = 0;
  #isRegular = false;

  /** `kernel`: made for at least {@link LEAD_BYTES} more than a chunk. */
  constructor(plan: RowPlan, control: PhaseControl, kernel: ScanKernel) {
    this.#plan = plan;
    this.#control = control;
    this.#kernel = kernel;
    this.input = kernel.input;
    this.#nameEnd = plan.kind === 'table' ? 0 : plan.nameEnd;
  }

  /** Turns the bytes into numbers, whatever their place in the section. */
  scan({ isFromStart, lead, own }: ChunkBytes): void {
    const kernel = this.#kernel;
    let position = this.#findBegin(lead, isFromStart);
    const end = lead + own;
    this.#count = 0;
    this.#odd.clear();
    for (;;) {
      this.#count += kernel.scanInput(position, end, this.#count);
      position = kernel.stoppedAt;
      this.#isRegular = kernel.reachedEnd;
      if (this.#isRegular) break;
      const behind = this.#odd.read(this.input, position, end, this.#count);
      if (behind < 0) break;
      this.#count++;
      position = behind;
    }
    this.#stoppedAt = position;
  }

  /** In the chunk's turn: finds the place of its rows, passes the turn on, and fills the columns. */
  place(bytes: ChunkBytes, isLast: boolean): void {
    const { chunk, lead, offset, own } = bytes;
    const { capacity, kind, row: firstRow, stride } = this.#plan;
    const control = this.#control;
    const { edges, numbers, rowEnd } = control;
    const rowsBefore = Math.floor(numbers / stride);
    const row = firstRow + rowsBefore;
    const first = this.#leadNumbers - (numbers - rowsBefore * stride);
    const whole = first < 0 ? 0 : Math.max(0, Math.floor((this.#count - first) / stride));
    let rows = Math.min(whole, capacity - row);
    if (rows > 0) rows = this.#odd.settle(this.#plan, this.#kernel.values, first, rows);
    const isRegular = this.#isRegular && first >= 0 && rows === whole && !isLast;
    const endOf = (taken: number): number =>
      taken === 0 ? rowEnd : offset - lead + this.#behindComma(this.#count - first - taken * stride);
    const end = endOf(rows);
    const closes = !isRegular || offset + own - end > LEAD_BYTES;
    if (closes) control.stop();
    else {
      let edgesHere = 0;
      if (this.#plan.kind === 'nodes') {
        edgesHere = this.#kernel.sumField(first + this.#plan.shape.edgeCountAt, rows, stride);
      }
      control.passTurn(chunk, numbers + this.#count - this.#leadNumbers, edges + edgesHere, end);
    }
    const taken = rows === 0 ? 0 : this.#fill(chunk, first, rows, row, edges);
    if (!closes && taken === rows) return;
    control.stop();
    const edgeTotal = kind === 'nodes' && taken > 0 ? this.#kernel.edgeTotal : edges;
    const previous = this.report.closure;
    if (previous === undefined || previous.chunk > chunk) {
      this.report.closure = { chunk, offset: endOf(taken), row: row + taken, edgeTotal };
    }
  }

  #fill(chunk: number, first: number, rows: number, row: number, edgeTotal: number): number {
    const kernel = this.#kernel;
    const plan = this.#plan;
    if (plan.kind === 'table') {
      placeTable(kernel, plan.columns, first, rows, row);
      this.#odd.patch(plan, row);
      return rows;
    }
    const scanned = { first, rows, row, nameEnd: this.#nameEnd };
    let taken: number;
    if (plan.kind === 'edges') taken = placeEdges(kernel, plan.shape, plan.columns, scanned);
    else {
      const placed = placeNodes(kernel, plan.shape, plan.columns, scanned, edgeTotal);
      taken = placed.taken;
      if (placed.hasDetachedness) this.report.detachedChunk = Math.min(this.report.detachedChunk, chunk);
    }
    if (kernel.nameEnd > this.#nameEnd) {
      this.#nameEnd = kernel.nameEnd;
      this.report.names.push(chunk, kernel.nameEnd - 1, row + kernel.nameEndRow);
    }
    this.#odd.patch(plan, row);
    return taken;
  }

  /** Where to scan from, so that the first row that ends in the chunk is scanned whole. */
  #findBegin(lead: number, isFromStart: boolean): number {
    const { stride } = this.#plan;
    let commas = 0;
    let begin = lead;
    for (let position = lead; position > 0 && commas < stride; position--) {
      if (this.input[position - 1] !== BYTE.comma) continue;
      commas++;
      begin = position;
    }
    if (commas < stride && isFromStart) {
      this.#leadNumbers = commas;
      return 0;
    }
    this.#leadNumbers = Math.max(0, commas - 1);
    return begin;
  }

  /** Position behind the comma of the number that `back` others follow. */
  #behindComma(back: number): number {
    let position = this.#stoppedAt;
    for (let commas = 0; commas < back; ) if (this.input[--position - 1] === BYTE.comma) commas++;
    return position;
  }
}
