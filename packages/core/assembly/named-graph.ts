// The columns of a graph that tell its classes. Set once, read by all others.
export let firstEdgeByNode: usize = 0;
export let typeByEdge: usize = 0;
export let nameByEdge: usize = 0;
export let typeByNode: usize = 0;
export let nameByNode: usize = 0;
export let propertyType: u32 = 0;
/** The set of the nodes that are plain objects. */
export let plainObjects: usize = 0;

export function setGraph(
  firstEdges: usize,
  edgeTypes: usize,
  edgeNames: usize,
  nodeTypes: usize,
  nodeNames: usize,
  property: u32,
  plainSet: usize,
): void {
  firstEdgeByNode = firstEdges;
  typeByEdge = edgeTypes;
  nameByEdge = edgeNames;
  typeByNode = nodeTypes;
  nameByNode = nodeNames;
  propertyType = property;
  plainObjects = plainSet;
}
