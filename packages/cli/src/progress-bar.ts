import type { SnapshotProgress } from '@heapstream/core';
import cliProgress from 'cli-progress';
import prettyBytes from 'pretty-bytes';
import { type OutputStream, terminalWidth } from './cli-io.js';
import { fitText } from './fit-text.js';

const BAR_WIDTH = 30;

/** A line on the terminal that says how far the reading has come, and goes when it is done. */
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

  update(progress: SnapshotProgress): void {
    this.#text = describeProgress(progress);
    this.#bar.update(0);
  }

  stop(): void {
    this.#bar.stop();
  }
}

/** `████░░░░  42%  4.2 MB of 10 MB  edges`; without a bar where the length is not known. */
export function describeProgress({ done, total, section }: SnapshotProgress): string {
  if (total === undefined) return `${prettyBytes(done)} read  ${section}`;
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  const percentage = `${Math.floor(share * 100)}%`.padStart(4);
  return `${bar} ${percentage}  ${prettyBytes(done)} of ${prettyBytes(total)}  ${section}`;
}
