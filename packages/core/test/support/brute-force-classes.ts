import type { InterfaceDefinition } from '../../src/naming/interface-index.js';
import { isPlainObject, printed, propertyNames, rawNameOf } from './brute-force-names.js';
import type { DrawnNode } from './draw-graph.js';

/** The printed key of every node's class, straight from the rules, by text. */
export function bruteForceClassKeys(
  nodes: readonly DrawnNode[],
  interfaces: readonly InterfaceDefinition[] = bruteForceInterfaces(nodes),
): string[] {
  return nodes.map((node) => {
    const name = className(node, interfaces);
    const location = node.type === 'object' ? node.locations?.at(-1) : undefined;
    return `${location?.join() ?? ''},${name}`;
  });
}

function className(node: DrawnNode, interfaces: readonly InterfaceDefinition[]): string {
  switch (node.type) {
    case 'hidden':
      return '(system)';
    case 'code':
      return '(compiled code)';
    case 'closure':
      return 'Function';
    case 'regexp':
      return 'RegExp';
    case 'object':
    case 'native':
      return (isPlainObject(node) && joinedInterface(node, interfaces)) || withoutAttributes(rawNameOf(node));
    default:
      return `(${node.type})`;
  }
}

function withoutAttributes(rawName: string): string {
  return rawName.replace(/^((?:Detached )?<[^ ]*) .*$/s, '$1>');
}

export function bruteForceInterfaces(nodes: readonly DrawnNode[]): InterfaceDefinition[] {
  const plainObjects = nodes.filter(isPlainObject);
  const candidates = new Map<string, InterfaceDefinition & { count: number }>();
  for (const node of plainObjects) {
    const properties: string[] = [];
    for (const name of propertyNames(node)) {
      if (name === '__proto__') continue;
      const before = `{${joined(properties)}`;
      if (before.length > 1 && before.length + printed(name).length > 120) break;
      properties.push(name);
    }
    if (properties.length === 0) continue;
    const name = `{${joined(properties)}}`;
    const candidate = candidates.get(name) ?? { name, properties, count: 0 };
    candidate.count++;
    candidates.set(name, candidate);
  }
  return [...candidates.values()]
    .filter(({ count }) => count >= Math.max(2, plainObjects.length / 1000))
    .sort((a, b) => b.count - a.count)
    .map(({ name, properties }) => ({ name, properties }));
}

/** Printed and joined; empty names at the start leave no trace. */
function joined(properties: readonly string[]): string {
  const start = properties.findIndex((name) => name !== '');
  return start < 0 ? '' : properties.slice(start).map(printed).join(', ');
}

function joinedInterface(node: DrawnNode, interfaces: readonly InterfaceDefinition[]): string | undefined {
  const contains = ({ properties }: InterfaceDefinition): boolean => {
    const left = propertyNames(node);
    return properties.every((name) => {
      const at = left.indexOf(name);
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  };
  return interfaces.filter(contains).sort((a, b) => b.properties.length - a.properties.length)[0]?.name;
}
