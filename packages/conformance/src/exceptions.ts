import { computeClassRows } from './class-rows.js';
import type { ClassField, Difference, Subject, Value } from './compare.js';
import { computeRetainedSizes } from './retained-sizes.js';
import type { ClassRow, NodeAnswers } from './snapshot-answers.js';

/**
 * A known fault of the engine. A rule does not forgive a value: it says what the fault does to it, and explains a
 * difference only when the engine's value is wrong in just that way.
 */
export interface ExceptionRule {
  readonly name: string;
  readonly reason: string;
  /** Called once per comparison; what is costly to know is computed when the first difference needs it. */
  explainerFor(subject: Subject): (difference: Difference) => boolean;
}

const TWO_32 = 2 ** 32;

const NUMBERS_MODULO_2_32: ExceptionRule = {
  name: 'numbers-modulo-2^32',
  reason:
    'The engine keeps ids and sizes in 32-bit columns, and adds sizes up there when they move to owners.',
  explainerFor(subject) {
    const anyWrapped = once(() => {
      const sizes = subject.ours.nodes.shallowSizeByNode;
      return sizes !== undefined && Array.from(sizes).some((size) => size >= TWO_32);
    });
    const explainsRow = rowExplainer(subject);
    const explainsRetainedSize = retainedSizeExplainer(subject);
    return (difference) => {
      const { ours, engine } = difference;
      switch (difference.part) {
        case 'node':
          if (difference.field === 'idByNode' || difference.field === 'shallowSizeByNode') {
            return typeof ours === 'number' && ours >= TWO_32 && ours % TWO_32 === engine;
          }
          return (
            difference.field === 'retainedSizeByNode' &&
            anyWrapped() &&
            lacksMultipleOf2To32(ours, engine) &&
            explainsRetainedSize(difference.ordinal, ours, engine)
          );
        case 'class':
          return anyWrapped() && explainsRow(difference.key, difference.field, ours, engine);
        case 'statistics':
          return anyWrapped() && lacksMultipleOf2To32(ours, engine);
      }
    };
  },
};

const ROWS_OF_ONE_NAME: ExceptionRule = {
  name: 'rows-of-one-name',
  reason:
    'The engine groups by the index of the class name in its string table and prints the name. Two groups of one ' +
    'name (an object called "Function" and the closures, say) get one printed key, and the later overwrites the earlier.',
  explainerFor(subject) {
    const { engine } = subject;
    const mergedRows = once(() => computeClassRows(engine.nodes, engine.rootOrdinal));
    return (difference) =>
      difference.part === 'class' &&
      difference.field !== 'row' &&
      engine.collidingClassKeys.has(difference.key) &&
      mergedRows().get(difference.key)?.[difference.field] === difference.ours;
  },
};

const INTERFACES_FROM_ROOT_ON: ExceptionRule = {
  name: 'interfaces-from-root-on',
  reason:
    'The engine looks for interfaces among the nodes from the root to the end of the file. With the root last it finds none, ' +
    'and every plain object stays an "Object".',
  explainerFor(subject) {
    if (subject.engine.rootOrdinal === 0) return () => false;
    const explainsRow = rowExplainer(subject);
    const { rawNameByNode, classNameByNode } = subject.engine.nodes;
    return (difference) => {
      const { ours, engine } = difference;
      if (difference.part === 'class') return explainsRow(difference.key, difference.field, ours, engine);
      if (difference.part !== 'node') return false;
      const { field, ordinal } = difference;
      return (
        (field === 'classNameByNode' || field === 'classKeyByNode') &&
        rawNameByNode[ordinal] === 'Object' &&
        classNameByNode[ordinal] === 'Object' &&
        typeof ours === 'string' &&
        /^([\d,]*,)?\{.*\}$/s.test(ours)
      );
    };
  },
};

/** All rules, the more specific first. */
export const EXCEPTION_RULES: readonly ExceptionRule[] = [
  ROWS_OF_ONE_NAME,
  INTERFACES_FROM_ROOT_ON,
  NUMBERS_MODULO_2_32,
];

/**
 * For rules about nodes: a row differs because of them if each side's row is what follows from that side's nodes.
 * Node answers that ours leaves out are taken from the engine.
 */
function rowExplainer(subject: Subject) {
  const { ours, engine } = subject;
  const oursRows = once(() => computeClassRows(completed(ours.nodes, engine.nodes), ours.rootOrdinal));
  const engineRows = once(() => computeClassRows(engine.nodes, engine.rootOrdinal));
  return (key: string, field: ClassField, oursValue: Value, engineValue: Value): boolean =>
    valueIn(oursRows(), key, field) === oursValue &&
    (valueIn(engineRows(), key, field) === engineValue || engine.collidingClassKeys.has(key));
}

/** The same for retained sizes: each side's follows from that side's shallow sizes and dominators. */
function retainedSizeExplainer({ ours, engine }: Subject) {
  const oursByNode = once(() => computeRetainedSizes(completed(ours.nodes, engine.nodes), ours.rootOrdinal));
  const engineByNode = once(() => computeRetainedSizes(engine.nodes, engine.rootOrdinal));
  return (ordinal: number, oursValue: Value, engineValue: Value): boolean =>
    oursByNode()[ordinal] === oursValue && engineByNode()[ordinal] === engineValue;
}

function valueIn(rows: ReadonlyMap<string, ClassRow>, key: string, field: ClassField): Value {
  const row = rows.get(key);
  return field === 'row' ? row?.key : row?.[field];
}

function completed(nodes: Partial<NodeAnswers>, rest: NodeAnswers): NodeAnswers {
  return { ...rest, ...nodes };
}

function lacksMultipleOf2To32(ours: Value, engine: Value): boolean {
  return (
    typeof ours === 'number' &&
    typeof engine === 'number' &&
    ours > engine &&
    Number.isInteger((ours - engine) / TWO_32)
  );
}

function once<T>(compute: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: compute() };
    return made.value;
  };
}
