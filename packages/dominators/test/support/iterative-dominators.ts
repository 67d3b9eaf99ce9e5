/**
 * Immediate dominators by going over the nodes until nothing changes (K. Cooper, T. Harvey, K. Kennedy, "A Simple, Fast
 * Dominance Algorithm", 2001). Node 0 is the root, which also holds what nothing points to; what is not reached has it.
 */
export function iterativeDominators(targets: readonly (readonly number[])[]): number[] {
  const sources: Set<number>[] = targets.map(() => new Set());
  targets.forEach((ofNode, node) => {
    for (const target of ofNode) if (target !== node) sources[target].add(node);
  });
  const isOrphan = (node: number): boolean => node !== 0 && sources[node].size === 0;
  const held = targets.map((ofNode, node) =>
    node === 0 ? [...ofNode, ...targets.keys()].filter((t, i) => i < ofNode.length || isOrphan(t)) : ofNode,
  );
  targets.forEach((_, node) => {
    if (isOrphan(node)) sources[node].add(0);
  });

  const order = postOrder(held);
  const position = new Map(order.map((node, index) => [node, index]));
  const dominators = new Map([[0, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of order.toReversed()) {
      if (node === 0) continue;
      let dominator: number | undefined;
      for (let other of sources[node]) {
        if (!dominators.has(other)) continue;
        dominator ??= other;
        while (dominator !== other) {
          if (position.get(dominator)! < position.get(other)!) dominator = dominators.get(dominator)!;
          else other = dominators.get(other)!;
        }
      }
      if (dominators.get(node) !== dominator) {
        dominators.set(node, dominator!);
        changed = true;
      }
    }
  }
  return targets.map((_, node) => dominators.get(node) ?? 0);
}

function postOrder(held: readonly (readonly number[])[]): number[] {
  const order: number[] = [];
  const seen = new Set([0]);
  const path: { node: number; next: number }[] = [{ node: 0, next: 0 }];
  while (path.length > 0) {
    const top = path[path.length - 1];
    if (top.next === held[top.node].length) {
      order.push(top.node);
      path.pop();
      continue;
    }
    const target = held[top.node][top.next++];
    if (seen.has(target)) continue;
    seen.add(target);
    path.push({ node: target, next: 0 });
  }
  return order;
}
