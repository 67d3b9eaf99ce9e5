/** Functions that the pool's threads run. */
export {
  findPlainAllocations,
  findPlainDuplicates,
  findPlainPaths,
  findPlainSuspects,
} from './kernels/analysis-questions.js';
export { groupByClass } from './kernels/class-members.js';
export { growDominatorTree } from './kernels/dominator-tree.js';
export { matchNames } from './kernels/match-names.js';
export { matchTexts } from './kernels/match-texts.js';
export { nameNodes } from './kernels/name-table.js';
export { placeOfRow } from './kernels/place-of-row.js';
export { selectEdges } from './kernels/select-edges.js';
export { selectHeldBy } from './kernels/select-held-by.js';
export { selectNodes } from './kernels/select-nodes.js';
export { sortRows } from './kernels/sort-rows.js';
export { rankStrings } from './kernels/string-ranks.js';
export { tallyAllocations } from './kernels/tally-allocations.js';
