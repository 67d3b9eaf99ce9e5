// The inner loops of the analysis, one file for each kernel of `src/kernels` that it stands for. Columns lie in the
// memory that the module is given; calls take a range or a budget, so that the engine can change to optimised code
// between two of them.
export { setEssentials, setGraph } from './graph';
export {
  addToClasses,
  cutPath,
  enterNode,
  entryOfCut,
  findHeavyPath,
  startClassTable,
  startRetainedByClass,
  walkDown,
  walkTree,
} from './class-table';
export { closePage, endSearch, enterSearch, markHeld, nextOrphan, search, searchedCount, startSearch } from './depth-first-search';
export { addStart, endDistances, searchLevels, startDistances } from './distances';
export { addToDominators, countDominated, fillDominated, sumDominated, widenSizes } from './dominator-tree';
export {
  findAncestors,
  findSemidominators,
  nameDominators,
  startDominators,
  startForest,
} from './dominators';
export { addOfType, findNamed } from './named-rows';
export {
  describeEntryEdges,
  findEntryNames,
  groupsFound,
  startEntryNames,
  startGroups,
} from './weak-map-edges';
export { countRetainers, fillRetainers, sumRetainers } from './retainers';
export { startStatistics, sumKinds, sumStores } from './statistics';
export { findOwners, moveSizes, startOwners } from './shallow-sizes';
export { isEssentialEdge } from './graph';
