// The inner loops of `naming/`: the names that tell classes, and the class of every node by type, name and interface; what
// else tells classes is in the files that this one exports from. Columns lie in the memory that the module is given; calls
// take ranges of nodes, so that the engine can change to optimised code between two of them.
import { add, at, has } from './bits';
import { nameByNode, plainObjects, typeByNode } from './named-graph';

export { groupCandidates, setPropertyNames } from './candidates';
export { groupsFound, startGroups } from './groups';
export { closuresFound, locateNodes, startLocations } from './locations';
export { setGraph } from './named-graph';
export { learnNames, setStrings } from './property-names';
export { groupByProperties, groupShapes, setProperties, startShapes } from './shapes';

const NO_CLASS: u32 = 0xffffffff;

/**
 * Adds the plain objects among the nodes in [first, last), which are of type `object` and have one of the names, to
 * their set; the names of the other nodes whose type does not tell their class (`isNamed`: a byte a type) to `classNames`.
 * Returns the number of plain objects.
 */
export function findNames(
  first: u32,
  last: u32,
  object: u32,
  plainNames: usize,
  isNamed: usize,
  classNames: usize,
): u32 {
  let count: u32 = 0;
  for (let node = first; node < last; node++) {
    const type = load<u8>(typeByNode + node);
    if (load<u8>(isNamed + type) == 0) continue;
    const name = load<u32>(at(nameByNode, node));
    if (type != object || !has(plainNames, name)) {
      add(classNames, name);
      continue;
    }
    add(plainObjects, node);
    count++;
  }
  return count;
}

/**
 * The classes of the nodes in [first, last): by type (`NO_CLASS` where the type does not tell), of plain objects by the
 * group of their shape, which `classByNode` holds, of others by name.
 */
export function assignClasses(
  first: u32,
  last: u32,
  classByNode: usize,
  classByType: usize,
  groupByShape: usize,
  classByGroup: usize,
  classByString: usize,
): void {
  for (let node = first; node < last; node++) {
    let ofNode = load<u32>(at(classByType, load<u8>(typeByNode + node)));
    if (ofNode == NO_CLASS) {
      ofNode = has(plainObjects, node)
        ? load<u32>(at(classByGroup, load<u32>(at(groupByShape, load<u32>(at(classByNode, node))))))
        : load<u32>(at(classByString, load<u32>(at(nameByNode, node))));
    }
    store<u32>(at(classByNode, node), ofNode);
  }
}

/** Renumbers, in the order of their first nodes, the classes of the nodes in [first, last): `ordinals` has `NO_CLASS` for those not met yet. */
export function numberClasses(first: u32, last: u32, classByNode: usize, ordinals: usize, met: u32): u32 {
  let count = met;
  for (let node = first; node < last; node++) {
    const place = at(ordinals, load<u32>(at(classByNode, node)));
    let ordinal = load<u32>(place);
    if (ordinal == NO_CLASS) {
      ordinal = count++;
      store<u32>(place, ordinal);
    }
    store<u32>(at(classByNode, node), ordinal);
  }
  return count;
}
