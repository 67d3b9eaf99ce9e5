import type { EdgeView, SourceLocation } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import type { NumberFormat } from './number-format.js';
import type { TableColumn } from './text-table.js';

/** An object as all JSON shows it. A published contract: names and order stay. */
export interface ObjectDocument {
  readonly id: number;
  readonly type: string;
  readonly class: string;
  readonly name: string;
  readonly shallowSize: number;
  readonly retainedSize: number;
  readonly distance: number | null;
}

export function objectDocument(analysis: HeapAnalysis, ordinal: number): ObjectDocument {
  const { className, id, name, type } = analysis.graph.node(ordinal);
  return {
    id,
    type,
    class: className,
    name,
    shallowSize: analysis.shallowSizeOf(ordinal),
    retainedSize: analysis.retainedSizeOf(ordinal),
    distance: analysis.distanceOf(ordinal),
  };
}

/** An edge as all JSON shows it. A published contract. */
export function edgeDocument({ name, type }: EdgeView): { type: string; name: string | number } {
  return { type, name };
}

/** A source location as all JSON shows it, lines and columns from 0. A published contract. */
export function locationDocument(location: SourceLocation | null): SourceLocation | null {
  if (location === null) return null;
  const { column, line, scriptId, scriptName } = location;
  return { scriptId, scriptName, line, column };
}

/** UTF-16 units of a name that a line shows at most. */
const MAX_TEXT = 200;
const STRING_TYPES = new Set(['string', 'concatenated string', 'sliced string']);

/** What people read in the place of an object: text in quotes, functions with `()`, a word for what has no name. */
export function objectText(analysis: HeapAnalysis, ordinal: number): string {
  const { graph } = analysis;
  const { name, type } = graph.node(ordinal);
  if (STRING_TYPES.has(type)) return `"${name.slice(0, MAX_TEXT)}"`;
  if (type === 'closure') return `${name || '(anonymous)'}()`;
  if (name !== '') return name;
  return ordinal === graph.rootOrdinal ? '(root)' : `(${type})`;
}

const IDENTIFIER = /^[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u;

/** How a program would write the edge, as far as there is a way; else its name and type. */
export function edgeText({ name, type }: EdgeView): string {
  if (type === 'element') return `[${name}]`;
  if (type === 'property') return IDENTIFIER.test(String(name)) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return `${name} (${type})`;
}

/** The least distance of what only the system reaches; the numbers beyond tell people nothing. */
const SYSTEM_DISTANCE = 100_000_000;

/** Distance in a text: a number, `system` for what only the system reaches, `none` for what nothing does. */
export function distanceText(distance: number | null, format: NumberFormat): string {
  if (distance === null) return 'none';
  return distance < SYSTEM_DISTANCE ? format.count(distance) : 'system';
}

/** Columns that tell of an object, and their cells. */
export const OBJECT_COLUMNS: readonly TableColumn[] = [
  { heading: 'Object', align: 'left', cut: 'end' },
  { heading: 'Id', align: 'left' },
  { heading: 'Distance', align: 'right' },
  { heading: 'Shallow size', align: 'right' },
  { heading: 'Retained size', align: 'right' },
];

export function objectCells(analysis: HeapAnalysis, ordinal: number, format: NumberFormat): string[] {
  return [
    objectText(analysis, ordinal),
    `@${analysis.graph.node(ordinal).id}`,
    distanceText(analysis.distanceOf(ordinal), format),
    format.size(analysis.shallowSizeOf(ordinal)),
    format.size(analysis.retainedSizeOf(ordinal)),
  ];
}

/** `Session @123: retained size 1.2 MB, shallow size 56 B, distance 5`, without an end. */
export function objectHeading(analysis: HeapAnalysis, ordinal: number, format: NumberFormat): string {
  const [text, id, distance, shallowSize, retainedSize] = objectCells(analysis, ordinal, format);
  const { className } = analysis.graph.node(ordinal);
  const kind = text === className || text.startsWith('(') ? '' : `, ${className}`;
  return `${text} ${id}${kind}: retained size ${retainedSize}, shallow size ${shallowSize}, distance ${distance}`;
}
