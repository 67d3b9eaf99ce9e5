import { setImmediate } from 'node:timers/promises';

/** One call of what should leave nothing behind. `call` counts from 0, over warm-up and rounds. */
export type Scenario = (call: number) => unknown;

export interface Rounds {
  /** Calls before the first snapshot. */
  readonly warmup: number;
  /** Rounds between snapshots: there is one snapshot more. */
  readonly rounds: number;
  /** Calls in each round. */
  readonly calls: number;
}

/** Collections in a row: what finalizers and weak references let go of takes more than one. */
const COLLECTIONS = 3;

/**
 * Runs a scenario: its warm-up, then rounds, with a collection and `takeSnapshot` before the first round and after each.
 * Calls run one after the other; what they return is awaited.
 */
export async function runRounds(
  scenario: Scenario,
  { calls, rounds, warmup }: Rounds,
  collect: () => void,
  takeSnapshot: (snapshot: number) => Promise<void>,
): Promise<void> {
  let call = 0;
  while (call < warmup) await scenario(call++);
  for (let round = 0; ; round++) {
    for (let i = 0; i < COLLECTIONS; i++) {
      await setImmediate();
      collect();
    }
    await takeSnapshot(round);
    if (round === rounds) return;
    for (let i = 0; i < calls; i++) await scenario(call++);
  }
}
