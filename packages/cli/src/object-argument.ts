import type { ClassRow, HeapAnalysis } from '@heapstream/dominators';
import { safeText } from './safe-text.js';
import { WrongUsageError } from './wrong-usage-error.js';

export const ID_ARGUMENT = 'an object: @ and its id, as lists show it and as DevTools does';

/** Names like what was asked for that an error shows. */
const SUGGESTIONS = 3;
const ID = /^@(\d+)$/;

export function isId(text: string): boolean {
  return ID.test(text);
}

/** The object that `@123` stands for. */
export function objectOfId({ graph }: HeapAnalysis, text: string): number {
  const match = ID.exec(text);
  if (match === null)
    throw new WrongUsageError(`expected an object as @ and its id, got '${safeText(text)}'`);
  const ordinal = graph.ordinalOfId(Number(match[1]));
  if (ordinal === undefined) throw new WrongUsageError(`no object with the id ${text} in the snapshot`);
  return ordinal;
}

/** The rows of the classes of that name. */
export async function classesOfName(analysis: HeapAnalysis, name: string): Promise<ClassRow[]> {
  const { findClasses } = await import('@heapstream/dominators');
  const rows = findClasses(analysis, name);
  if (rows.length > 0) return rows;
  const wanted = name.toLowerCase();
  const similar = new Set<string>();
  for (const row of analysis.classes()) {
    if (similar.size < SUGGESTIONS && row.name.toLowerCase().includes(wanted)) similar.add(row.name);
  }
  const suggestion =
    similar.size === 0 ? '' : ` (did you mean ${[...similar].map((text) => `'${text}'`).join(', ')}?)`;
  throw new WrongUsageError(`no class named '${name}' in the snapshot${suggestion}`);
}
