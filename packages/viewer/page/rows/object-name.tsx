import type { JSX } from 'preact';
import type { EdgeRow, ObjectRow } from '../../src/api/index.js';
import { visibleText } from '../format/text-parts.js';

/** What a row says an object is: `"text"` of strings, `name @id` else, in the colour of its type. */
export function ObjectName({ object }: { readonly object: ObjectRow }): JSX.Element {
  const shown = titleOf(object) + (object.isNameCut ? '…' : '');
  return (
    <span class="object-name">
      <span class={`name type-${typeGroup(object.type)}`}>{isText(object.type) ? `"${shown}"` : shown}</span>
      <span class="object-id">@{object.id}</span>
      {object.detachedness === 'detached' && <span class="badge detached">detached</span>}
    </span>
  );
}

/** What people call an object: its name, else its class. */
export function titleOf({ name, className, type }: Pick<ObjectRow, 'name' | 'className' | 'type'>): string {
  if (name !== '' || isText(type)) return visibleText(name);
  return type === 'synthetic' ? '(root)' : visibleText(className);
}

/** The name of an edge as code would have it: `.name`, `[3]`, `(hidden)`. */
export function EdgeName({ edge }: { readonly edge: EdgeRow }): JSX.Element {
  const { edgeName, edgeType } = edge;
  const text = visibleText(String(edgeName));
  const kind = edge.isEssential ? 'edge' : 'edge is-weak';
  if (edgeType === 'element') return <span class={kind}>[{text}]</span>;
  if (edgeType === 'property') return <span class={kind}>{text}</span>;
  const note = EDGE_NOTES[edgeType] ?? edgeType;
  return (
    <span class={`${kind} is-${edgeType}`}>
      {text}
      <span class="edge-note">{note}</span>
    </span>
  );
}

/** What the types of edges mean for people. */
const EDGE_NOTES: Readonly<Record<string, string>> = {
  context: 'variable',
  internal: 'internal',
  hidden: 'hidden',
  shortcut: 'shortcut',
  weak: 'weak',
};

function isText(type: string): boolean {
  return type === 'string' || type === 'concatenated string' || type === 'sliced string';
}

/** Types that share a colour. */
function typeGroup(type: string): string {
  if (isText(type)) return 'text';
  if (type === 'closure' || type === 'native' || type === 'object') return type;
  if (type === 'number' || type === 'heap number' || type === 'bigint' || type === 'symbol') return 'number';
  if (type === 'regexp') return 'number';
  return 'system';
}
