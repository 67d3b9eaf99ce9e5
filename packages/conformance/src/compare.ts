import type { EngineAnswers } from './devtools-engine.js';
import { EXCEPTION_RULES, type ExceptionRule } from './exceptions.js';
import type {
  ClassRow,
  NodeAnswers,
  PartialAnswers,
  SnapshotAnswers,
  SnapshotStatistics,
} from './snapshot-answers.js';

export type NodeField = Exclude<keyof NodeAnswers, 'nodeCount'>;
export type ClassField = Exclude<keyof ClassRow, 'key'> | 'row';
export type StatisticsField = keyof SnapshotStatistics;
export type Value = string | number | undefined;

/** One value on which the engines differ. `engine` is DevTools. */
export type Difference = { readonly ours: Value; readonly engine: Value } & (
  | { readonly part: 'node'; readonly field: NodeField; readonly ordinal: number; readonly objectId: number }
  /** Field `row`: only one of the two has the row; the other's value is undefined. */
  | { readonly part: 'class'; readonly field: ClassField; readonly key: string }
  | { readonly part: 'statistics'; readonly field: StatisticsField }
);

/** What both sides say about one snapshot. */
export interface Subject {
  readonly ours: PartialAnswers;
  readonly engine: SnapshotAnswers & Pick<EngineAnswers, 'collidingClassKeys'>;
}

/** Counts of values by what they are: `node.nameByNode`, `class.count`, `statistics.total`. */
export type CountByField = Map<string, number>;

export interface Comparison {
  /** Values held against each other and found equal. */
  readonly equal: CountByField;
  /** Values that differ and that no rule explains. */
  readonly different: CountByField;
  /** The first of {@link different}, at most `limit`. */
  readonly differences: readonly Difference[];
  /** Values that differ as a rule says they must, by rule name. */
  readonly excluded: ReadonlyMap<string, CountByField>;
}

export interface CompareOptions {
  readonly rules?: readonly ExceptionRule[];
  /** How many differences to keep. */
  readonly limit?: number;
}

const NODE_FIELDS: readonly NodeField[] = [
  'idByNode',
  'nameByNode',
  'rawNameByNode',
  'classNameByNode',
  'classKeyByNode',
  'shallowSizeByNode',
  'retainedSizeByNode',
  'distanceByNode',
  'dominatorByNode',
  'detachednessByNode',
];
const CLASS_FIELDS: readonly Exclude<ClassField, 'row'>[] = [
  'name',
  'count',
  'shallowSize',
  'retainedSize',
  'distance',
];
const STATISTICS_FIELDS: readonly StatisticsField[] = [
  'total',
  'nativeTotal',
  'typedArrays',
  'v8Total',
  'code',
  'strings',
  'jsArrays',
  'system',
];

/**
 * Holds every value of our answers against the engine's, node by node, row by row. Fields that ours leaves out are
 * not compared. Throws where the two did not even see the same nodes.
 */
export function compareAnswers(
  ours: PartialAnswers,
  engine: Subject['engine'],
  { rules = EXCEPTION_RULES, limit = 20 }: CompareOptions = {},
): Comparison {
  if (ours.nodes.nodeCount !== engine.nodes.nodeCount || ours.rootOrdinal !== engine.rootOrdinal) {
    throw new Error(
      `The engines read different graphs: ours has ${ours.nodes.nodeCount} nodes and root ${ours.rootOrdinal}, ` +
        `DevTools ${engine.nodes.nodeCount} nodes and root ${engine.rootOrdinal}.`,
    );
  }
  const record = new ComparisonRecord({ ours, engine }, rules, limit);
  compareNodes(record);
  if (ours.classes !== undefined) compareClasses(record, ours.classes);
  if (ours.statistics !== undefined) compareStatistics(record, ours.statistics);
  return record;
}

function compareNodes(record: ComparisonRecord): void {
  const { ours, engine } = record.subject;
  for (const field of NODE_FIELDS) {
    const oursByNode: ArrayLike<Value> | undefined = ours.nodes[field];
    if (oursByNode === undefined) continue;
    const engineByNode: ArrayLike<Value> = engine.nodes[field];
    let equal = 0;
    for (let ordinal = 0; ordinal < ours.nodes.nodeCount; ordinal++) {
      if (oursByNode[ordinal] === engineByNode[ordinal]) equal++;
      else {
        record.differs({
          part: 'node',
          field,
          ordinal,
          objectId: ours.nodes.idByNode[ordinal],
          ours: oursByNode[ordinal],
          engine: engineByNode[ordinal],
        });
      }
    }
    record.agrees(`node.${field}`, equal);
  }
}

function compareClasses(record: ComparisonRecord, ours: NonNullable<PartialAnswers['classes']>): void {
  const engine = record.subject.engine.classes;
  for (const key of new Set([...ours.keys(), ...engine.keys()])) {
    const oursRow = ours.get(key);
    const engineRow = engine.get(key);
    if (oursRow === undefined || engineRow === undefined) {
      record.differs({ part: 'class', field: 'row', key, ours: oursRow?.key, engine: engineRow?.key });
      continue;
    }
    for (const field of CLASS_FIELDS) {
      const [a, b] = [oursRow[field], engineRow[field]];
      if (a === undefined) continue;
      if (a === b) record.agrees(`class.${field}`, 1);
      else record.differs({ part: 'class', field, key, ours: a, engine: b });
    }
  }
}

function compareStatistics(record: ComparisonRecord, ours: Partial<SnapshotStatistics>): void {
  const { statistics } = record.subject.engine;
  for (const field of STATISTICS_FIELDS) {
    const value = ours[field];
    if (value === undefined) continue;
    if (value === statistics[field]) record.agrees(`statistics.${field}`, 1);
    else record.differs({ part: 'statistics', field, ours: value, engine: statistics[field] });
  }
}

class ComparisonRecord implements Comparison {
  readonly equal: CountByField = new Map();
  readonly different: CountByField = new Map();
  readonly differences: Difference[] = [];
  readonly excluded = new Map<string, CountByField>();
  readonly subject: Subject;
  readonly #limit: number;
  readonly #explainers: readonly { name: string; explains: (difference: Difference) => boolean }[];

  constructor(subject: Subject, rules: readonly ExceptionRule[], limit: number) {
    this.subject = subject;
    this.#limit = limit;
    this.#explainers = rules.map((rule) => ({ name: rule.name, explains: rule.explainerFor(subject) }));
  }

  agrees(field: string, count: number): void {
    addTo(this.equal, field, count);
  }

  differs(difference: Difference): void {
    const field = `${difference.part}.${difference.field}`;
    const rule = this.#explainers.find(({ explains }) => explains(difference));
    if (rule !== undefined) {
      if (!this.excluded.has(rule.name)) this.excluded.set(rule.name, new Map());
      addTo(this.excluded.get(rule.name)!, field, 1);
      return;
    }
    addTo(this.different, field, 1);
    if (this.differences.length < this.#limit) this.differences.push(difference);
  }
}

function addTo(counts: CountByField, field: string, count: number): void {
  counts.set(field, (counts.get(field) ?? 0) + count);
}
