import { matchSurvivors, type SurvivorInput, type Survivors } from './kernels/match-survivors.js';
import { type ShareInput, type Shares, shareGrowth } from './kernels/share-growth.js';
import { type HeldInput, type HeldTable, tabulateHeld } from './kernels/tabulate-held.js';

/*
 * The heavy steps of a search, each a function of plain data on shared memory, so that they run in worker threads as
 * well as in the caller's.
 */

export function survivors(input: SurvivorInput): Survivors {
  return matchSurvivors(input);
}

export function held(input: HeldInput): HeldTable {
  return tabulateHeld(input);
}

export function shares(input: ShareInput): Shares {
  return shareGrowth(input);
}
