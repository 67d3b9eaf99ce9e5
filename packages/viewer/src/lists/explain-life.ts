import { BASE_SYSTEM_DISTANCE, type HeapAnalysis } from '@heapstream/dominators';
import type { EdgeRow, ObjectRow, RetainingPaths } from '../api/index.js';
import { objectRow } from './object-rows.js';

const NO_PATH: Readonly<Record<NonNullable<RetainingPaths['reason']>, string>> = {
  nothing: 'Nothing points to it: it is garbage that was not collected yet.',
  weak: 'Only weak edges point to it: the next collection may free it.',
  garbage: 'Only garbage points to it: the next collection frees it.',
  'too-long': 'Something holds it, over more edges than were looked at.',
};

/** Types of edges that programs write themselves, and objects that they know. */
const PROGRAM_EDGES: readonly string[] = ['property', 'element', 'context'];
const PROGRAM_OBJECTS: readonly string[] = ['object', 'closure', 'native'];

/** Says in a sentence or two why an object is alive, and what would free it. */
export function explainLife(
  analysis: HeapAnalysis,
  ordinal: number,
  { paths, reason }: Pick<RetainingPaths, 'paths' | 'reason'>,
): string {
  if (ordinal === analysis.graph.rootOrdinal) return 'It is the root: everything that lives hangs on it.';
  if (reason !== null) return NO_PATH[reason];
  const [{ start, steps }] = paths;
  const holder = nearestHolder(start, steps);
  const isOfProgram = (analysis.distanceOf(ordinal) ?? 0) < BASE_SYSTEM_DISTANCE;
  const held =
    holder === null ? 'A root holds it' : `${capitalized(nameOf(holder.object))} holds it ${holder.way}`;
  const by = isOfProgram ? '' : '; only the system does, nothing of the program';
  const keeper = nearestKeeper(analysis, ordinal);
  const freed =
    keeper === null
      ? 'No single object could be let go of to free it: several hold it, or the roots themselves.'
      : `Letting go of ${nameOf(keeper)} would free it.`;
  return `${held}${by}. ${freed}`;
}

/** The last object on the way that a program knows by an edge that it wrote. */
function nearestHolder(
  start: ObjectRow,
  steps: readonly EdgeRow[],
): { object: ObjectRow; way: string } | null {
  for (let i = steps.length - 1; i >= 0; i--) {
    const source = i === 0 ? start : steps[i - 1];
    const { edgeName, edgeType, explanation } = steps[i];
    if (!PROGRAM_OBJECTS.includes(source.type) || !PROGRAM_EDGES.includes(edgeType)) continue;
    return { object: source, way: explanation === null ? wayOf(edgeType, edgeName) : `as ${explanation}` };
  }
  return null;
}

function capitalized(text: string): string {
  return text.replace(/^the/, 'The');
}

/** The nearest dominator that a program knows: parts of objects, such as the elements of an array, are not let go of. */
function nearestKeeper(analysis: HeapAnalysis, ordinal: number): ObjectRow | null {
  const { graph } = analysis;
  for (let node = ordinal; node !== graph.rootOrdinal; ) {
    node = analysis.dominatorOf(node);
    if (PROGRAM_OBJECTS.includes(graph.node(node).type)) return objectRow(analysis, node);
  }
  return null;
}

function wayOf(type: string, name: string | number): string {
  if (type === 'element') return `at [${name}]`;
  return type === 'context' ? `in its variable ${name}` : `in its property ${name}`;
}

function nameOf({ className, id, name, type }: ObjectRow): string {
  return type === 'closure' && name !== '' ? `the function ${name} @${id}` : `${className} @${id}`;
}
