import type { DrawnNode } from './draw-graph.js';

/** Raw name: with the prefix of detached native nodes. */
export function rawNameOf(node: DrawnNode): string {
  return (node.type === 'native' && node.detachedness === 2 ? 'Detached ' : '') + node.name;
}

/** Display names, straight from the rules, by recursion and joins. For graphs whose concatenated strings have no cycle. */
export function bruteForceDisplayName(nodes: readonly DrawnNode[], node: DrawnNode): string {
  if (node.type === 'concatenated string') {
    let text = '';
    for (const part of leaves(nodes, node)) {
      if (text.length >= 1024) break;
      text += part;
    }
    return text;
  }
  return isPlainObject(node) ? preview(printedNames(node)) : rawNameOf(node);
}

function leaves(nodes: readonly DrawnNode[], node: DrawnNode): string[] {
  if (node.type !== 'concatenated string') return [rawNameOf(node)];
  const parts: Record<string, number> = { first: 0, second: 0 };
  for (const [type, name, target] of node.edges ?? []) {
    if (parts.first !== 0 && parts.second !== 0) break;
    if (type === 'internal' && name in parts) parts[name] = target as number;
  }
  return [...leaves(nodes, nodes[parts.first]), ...leaves(nodes, nodes[parts.second])];
}

function preview(names: string[]): string {
  const front: string[] = [];
  const back: string[] = [];
  const rest = [...names];
  const frontText = (): string => joined(front);
  // empty names leave no trace until another one is listed beside them, at the end of the back as at the front's start
  const backText = (): string => joined(back.toReversed(), (a, b) => `${b}, ${a}`);
  while (rest.length > 0) {
    const isFrontsTurn = front.length === back.length;
    const next = isFrontsTurn ? rest[0] : rest[rest.length - 1];
    if (frontText() !== '' && `{${frontText()}${backText()}}${next}`.length > 100) break;
    if (isFrontsTurn) front.push(rest.shift()!);
    else back.unshift(rest.pop()!);
  }
  const end = backText() === '' ? '' : `, ${backText()}`;
  return `{${frontText()}${rest.length > 0 ? ', …' : ''}${end}}`;
}

function joined(names: readonly string[], join = (a: string, b: string) => `${a}, ${b}`): string {
  const start = names.findIndex((name) => name !== '');
  return start < 0 ? '' : names.slice(start).reduce(join);
}

export function isPlainObject(node: DrawnNode): boolean {
  return node.type === 'object' && node.name === 'Object';
}

export function propertyNames(node: DrawnNode): string[] {
  return (node.edges ?? []).filter(([type]) => type === 'property').map(([, name]) => String(name));
}

export function printed(name: string): string {
  return /[,'"{}]/.test(name) ? JSON.stringify(name) : name;
}

export function printedNames(node: DrawnNode): string[] {
  return propertyNames(node)
    .filter((name) => name !== '__proto__')
    .map(printed);
}
