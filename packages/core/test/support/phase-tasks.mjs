// Tasks that tests put in the place of `parseChunks`; bundled first, since Node loads this file itself.
import { PhaseControl } from '../../src/parse/parallel/phase-control.js';

/** Takes a chunk as a thread does that works, and dies with it. */
export function dieWithChunk({ control: buffer, task }) {
  const control = new PhaseControl(buffer);
  if (!control.join(task)) return null;
  control.claim();
  process.exit(3);
}

/** Takes a chunk and never says anything again. */
export function hangWithChunk({ control: buffer, task }) {
  const control = new PhaseControl(buffer);
  if (!control.join(task)) return null;
  control.claim();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return null;
}

/** Fails as soon as it has joined. */
export function failAtOnce({ control: buffer, task }) {
  if (!new PhaseControl(buffer).join(task)) return null;
  throw new RangeError('a fault of the program');
}
