import type { DrawnNode } from './draw-graph.js';

/** Shallow sizes by their definition: for each ownable node, the set of nodes that reach it through ownable ones. */
export function bruteForceShallowSizes(nodes: readonly DrawnNode[]): number[] {
  const target = (edge: NonNullable<DrawnNode['edges']>[number]): DrawnNode => nodes[edge[2] as number];
  const sizes = nodes.map((node) => node.size ?? 0);
  const isUserRoot = (node: DrawnNode): boolean =>
    node.type !== 'synthetic' || node.name === '(Document DOM trees)';
  if (!nodes[0].edges?.some((edge) => isUserRoot(target(edge)))) return sizes;

  const isOwnable = (node: DrawnNode): boolean =>
    node.type === 'hidden' ||
    node.type === 'array' ||
    (node.type === 'native' && node.name === 'system / ExternalStringData' && node.detachedness !== 2);
  const ownersOf = new Map(nodes.map((node) => [node, new Set<DrawnNode>()]));
  const reach = (node: DrawnNode, owner: DrawnNode): void => {
    for (const edge of node.edges ?? []) {
      const part = target(edge);
      if (edge[0] === 'weak' || !isOwnable(part) || ownersOf.get(part)!.has(owner)) continue;
      ownersOf.get(part)!.add(owner);
      reach(part, owner);
    }
  };
  for (const node of nodes) if (!isOwnable(node)) reach(node, node);

  nodes.forEach((node, ordinal) => {
    const [owner, ...others] = ownersOf.get(node)!;
    if (owner === undefined || others.length > 0 || owner.type === 'synthetic' || owner === nodes[0]) return;
    sizes[nodes.indexOf(owner)] += node.size ?? 0;
    sizes[ordinal] = 0;
  });
  return sizes;
}
