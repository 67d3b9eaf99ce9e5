import { GroupTable, mixHash } from '../graph/group-table.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import { addressOf, STRIDE } from '../kernel/call-ranges.js';
import { type ClassKernel, startGroups } from './class-kernel.js';
import type { ClassList } from './class-list.js';

/** The class of a row not looked at yet, or of a node that keeps its class. */
const NO_CLASS = 0xffffffff;

/**
 * Moves `object` nodes that have a location into classes of name and location. Where a node has several rows, the last
 * counts.
 */
export function splitByLocation(graph: HeapGraph, classByNode: Uint32Array, classes: ClassList): void {
  const { columnByLocation, count, lineByLocation, nodeByLocation, scriptIdByLocation } =
    graph.columns.locations;
  const { typeByNode } = graph.columns;
  const { object } = graph.nodeType;
  const areOfOneClass = (first: number, row: number): boolean =>
    lineByLocation[first] === lineByLocation[row] &&
    columnByLocation[first] === columnByLocation[row] &&
    scriptIdByLocation[first] === scriptIdByLocation[row] &&
    classByNode[nodeByLocation[first]] === classByNode[nodeByLocation[row]];
  const groups = new GroupTable(areOfOneClass);
  // groups compare by the classes found so far, so these change only when every row has its group
  const classByRow = new Uint32Array(count).fill(NO_CLASS);
  const firstLocated = classes.identities.length;
  let last = -1;
  for (let row = 0; row < count; row++) {
    const node = nodeByLocation[row];
    if (typeByNode[node] !== object) continue;
    // objects of a constructor often follow each other
    if (last >= 0 && areOfOneClass(last, row)) {
      classByRow[row] = classByRow[last];
      last = row;
      continue;
    }
    let hash = mixHash(classByNode[node], scriptIdByLocation[row]);
    hash = mixHash(mixHash(hash, lineByLocation[row]), columnByLocation[row]);
    const group = groups.groupOf(row, hash);
    if (firstLocated + group === classes.identities.length) {
      const [scriptId, line, column] = [scriptIdByLocation[row], lineByLocation[row], columnByLocation[row]];
      const scriptName = graph.scriptName(scriptId) ?? null;
      const { name } = classes.identities[classByNode[node]];
      classes.addLocated(name, { scriptId, scriptName, line, column });
    }
    classByRow[row] = firstLocated + group;
    last = row;
  }
  for (let row = 0; row < count; row++) {
    if (classByRow[row] !== NO_CLASS) classByNode[nodeByLocation[row]] = classByRow[row];
  }
}

/** The same as {@link splitByLocation}, after `classifyInKernel`, whose scrap serves again. */
export function splitByLocationInKernel(
  graph: HeapGraph,
  classByNode: Uint32Array,
  classes: ClassList,
  { exports, scratch }: ClassKernel,
): void {
  const { columnByLocation, count, lineByLocation, nodeByLocation, scriptIdByLocation } =
    graph.columns.locations;
  const columns = [nodeByLocation, scriptIdByLocation, lineByLocation, columnByLocation];
  if (columns.some((column) => column instanceof Float64Array)) {
    splitByLocation(graph, classByNode, classes);
    return;
  }
  const { canonicalByString, closures, countByGroup, firstByGroup, propertyByString, rows } = scratch;
  const [lineByGroup, columnByGroup] = [canonicalByString, propertyByString];
  const { closure, object } = graph.nodeType;
  const firstLocated = classes.identities.length;
  const parts = columns.map((_, column) => rows.subarray(column * STRIDE, (column + 1) * STRIDE));
  startGroups(exports, scratch);
  const [nodes, scripts, lines, columnNumbers] = parts.map(addressOf);
  exports.startLocations(
    ...([nodes, scripts, lines, columnNumbers] as const),
    addressOf(lineByGroup),
    addressOf(columnByGroup),
    firstLocated,
    Math.min(countByGroup.length, lineByGroup.length),
    addressOf(closures),
    addressOf(scratch.remembered),
  );
  const closureByScript = new Map<number, number>();
  for (let first = 0; first < count; first += STRIDE) {
    const end = Math.min(first + STRIDE, count);
    columns.forEach((column, index) => {
      parts[index].set(column.subarray(first, end));
    });
    if (exports.locateNodes(end - first, object, closure, addressOf(classByNode)) === 0) {
      // more groups than the scrap has room for
      for (let node = 0; node < classByNode.length; node++) {
        if (classByNode[node] >= firstLocated)
          classByNode[node] = countByGroup[classByNode[node] - firstLocated];
      }
      splitByLocation(graph, classByNode, classes);
      return;
    }
    for (let index = 0; index < exports.closuresFound(); index++) {
      const [node, script] = [closures[2 * index], closures[2 * index + 1]];
      if (!closureByScript.has(script)) closureByScript.set(script, node);
    }
  }
  const nameByScript = new Map<number, string | null>();
  for (let group = 0; group < exports.groupsFound(); group++) {
    const [scriptId, line, column] = [firstByGroup[group], lineByGroup[group], columnByGroup[group]];
    let scriptName = nameByScript.get(scriptId);
    if (scriptName === undefined) {
      scriptName = nameOfScript(graph, scriptId, closureByScript);
      nameByScript.set(scriptId, scriptName);
    }
    const { name } = classes.identities[countByGroup[group]];
    classes.addLocated(name, { scriptId, scriptName, line, column });
  }
}

/** What the table of locations says, which mostly takes the first closure of the script that has a location. */
function nameOfScript(
  graph: HeapGraph,
  scriptId: number,
  closureByScript: ReadonlyMap<number, number>,
): string | null {
  const { locations } = graph;
  if (graph.columns.locations.scriptNodeByLocation === null) {
    const closure = closureByScript.get(scriptId);
    if (closure === undefined) return null;
    const found = locations.scriptNameOfClosure(closure);
    if (found !== undefined) return found;
  }
  return locations.scriptName(scriptId) ?? null;
}
