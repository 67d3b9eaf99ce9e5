import type { CaptureProgress } from '@heapstream/capture';
import type { IndexProgress, SnapshotProgress } from '@heapstream/core';
import type { CompareProgress, CompareStep } from '@heapstream/diff';
import type { AnalysisProgress, AnalysisStep } from '@heapstream/dominators';
import cliProgress from 'cli-progress';
import prettyBytes from 'pretty-bytes';
import { type OutputStream, terminalWidth } from './cli-io.js';
import { fitText } from './fit-text.js';
import { safeText } from './safe-text.js';

/** What a command that takes or reads a snapshot tells while it works. */
export type CommandProgress =
  | SnapshotProgress
  | IndexProgress
  | AnalysisProgress
  | CompareProgress
  | CaptureProgress;

const BAR_WIDTH = 30;

/** A line on the terminal that says how far the work has come, and goes when it is done. */
export class ProgressBar {
  readonly #bar: cliProgress.SingleBar;
  #text = '';

  constructor(stream: OutputStream) {
    this.#bar = new cliProgress.SingleBar({
      stream: stream as NodeJS.WritableStream,
      // One column short of the width: a full line would wrap and could not be erased.
      format: () => fitText(this.#text, terminalWidth(stream) - 1, 'end'),
      fps: 10,
      clearOnComplete: true,
      // The mode of the terminal is left alone, so that there is nothing to restore when the process is killed.
      linewrap: true,
      // Parsing keeps the event loop busy: draw when told, not from a timer.
      synchronousUpdate: true,
      // Signals are the command's business.
      gracefulExit: false,
    });
    this.#bar.start(1, 0);
  }

  update(progress: CommandProgress): void {
    this.#text = describeProgress(progress);
    this.#bar.update(0);
  }

  /** `share`: from 0 to 1. */
  showShare(share: number, text: string): void {
    this.#text = `${bar(share, 1)}  ${safeText(text)}`;
    this.#bar.update(0);
  }

  stop(): void {
    this.#bar.stop();
  }
}

/** `████░░░░  42%  4.2 MB of 10 MB  edges`; without a bar where the length is not known. */
export function describeProgress(progress: CommandProgress): string {
  const { done, total } = progress;
  if (progress.phase === 'analyze') return `${bar(done, progress.total)}  ${WORDS_BY_STEP[progress.step]}`;
  if (progress.phase === 'compare')
    return `${bar(done, progress.total)}  ${WORDS_OF_COMPARISON[progress.step]}`;
  if (progress.phase === 'index') return `${bar(done, progress.total)}  index file`;
  if (progress.phase !== 'parse') return describeCapture(progress);
  const { section } = progress;
  if (total === undefined) return `${prettyBytes(done)} read  ${section}`;
  return `${bar(done, total)}  ${prettyBytes(done)} of ${prettyBytes(total)}  ${section}`;
}

function describeCapture({ phase, done, total }: CaptureProgress): string {
  switch (phase) {
    case 'wait':
      return 'waiting for the process';
    case 'collect':
      return 'collecting garbage';
    case 'snapshot':
      return total === undefined ? 'walking the heap' : `${bar(done, total)}  walking the heap`;
    default:
      return `${prettyBytes(done)} captured`;
  }
}

function bar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.round(share * BAR_WIDTH);
  const percentage = `${Math.floor(share * 100)}%`.padStart(4);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${percentage}`;
}

/** What a finished step of the analysis has found. */
const WORDS_BY_STEP: Readonly<Record<AnalysisStep, string>> = {
  weakMapEdges: 'WeakMap entries',
  weakMapsAndSearch: 'WeakMap entries',
  distanceExceptions: 'ways that do not count',
  distances: 'distances',
  countRetainers: 'retainers counted',
  sumRetainers: 'retainers counted',
  fillRetainers: 'retainers',
  depthFirst: 'search order',
  shallowSizes: 'shallow sizes',
  statistics: 'statistics',
  storeSizes: 'statistics',
  classes: 'classes',
  dominators: 'dominators',
  retainedSizes: 'retained sizes',
  dominatorTree: 'dominator tree',
  classMembers: 'members of classes',
  classRetained: 'what classes retain',
};

/** The same of a comparison. */
const WORDS_OF_COMPARISON: Readonly<Record<CompareStep, string>> = {
  orderObjects: 'objects by id',
  classTable: 'classes by the same interfaces',
  matchObjects: 'new and deleted objects',
  growth: 'objects that grew',
  ages: 'ages of objects',
  digest: 'digest',
};
