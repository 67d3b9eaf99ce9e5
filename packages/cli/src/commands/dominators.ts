import type { HeapAnalysis } from '@heapstream/dominators';
import { type Command, InvalidArgumentError } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { CommandRun } from '../command-run.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import { addOutputOptions, type OutputOptions, parseCount } from '../list-options.js';
import { createNumberFormat, formatShare, type NumberFormat } from '../number-format.js';
import { ID_ARGUMENT, objectOfId } from '../object-argument.js';
import { type ObjectDocument, objectDocument, objectText } from '../object-output.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { parseSize } from '../size-argument.js';
import { readAnalysis } from '../snapshot-analysis.js';
import { SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { type TableColumn, tableText } from '../text-table.js';

interface DominatorsOptions extends GlobalOptions, OutputOptions {
  readonly depth: number;
  readonly minSize?: number;
  readonly top: number;
}

const DEFAULT_DEPTH = 4;
/** Keeps JSON to a nesting that other tools can read. */
const MAX_DEPTH = 200;
const DEFAULT_TOP = 10;
/** Of the total size; what is smaller is left out unless --min-size says otherwise. */
const DEFAULT_MIN_SHARE = 0.005;

/** A node of the tree as it is shown. */
interface Branch {
  readonly ordinal: number;
  readonly children: readonly Branch[];
  /** What it dominates immediately and is not shown: too small, too many or too deep. */
  readonly leftOut: { readonly count: number; readonly retainedSize: number };
}

export function addDominatorsCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('dominators')
    .description('the tree of what would be freed with what, the largest retained size first')
    .argument('<file>', SNAPSHOT_ARGUMENT)
    .argument('[object]', `${ID_ARGUMENT}; the root if left out`)
    .option('--depth <number>', 'levels below the object', parseDepth, DEFAULT_DEPTH)
    .option('--min-size <size>', 'the least retained size (1MB, 512k; default: 0.5% of the heap)', parseSize)
    .option('--top <count>', 'objects at most below each', parseCount, DEFAULT_TOP);
  addOutputOptions(command).action(async (file: string, object: string | undefined) => {
    const options = command.optsWithGlobals<DominatorsOptions>();
    const analysis = await readAnalysis(file, options, io);
    const { largestDominated } = await import('@heapstream/dominators');
    const ordinal = object === undefined ? analysis.graph.rootOrdinal : objectOfId(analysis, object);
    const minSize = options.minSize ?? analysis.totalSize * DEFAULT_MIN_SHARE;
    const grow = (node: number, depth: number): Branch => {
      const page = largestDominated(analysis, node, { limit: depth > 0 ? options.top : 0 });
      const shown = page.ordinals.filter((child) => analysis.retainedSizeOf(child) >= minSize);
      const children = Array.from(shown, (child) => grow(child, depth - 1));
      const shownSize = shown.reduce((sum, child) => sum + analysis.retainedSizeOf(child), 0);
      const retainedSize = analysis.retainedSizeOf(node) - analysis.shallowSizeOf(node) - shownSize;
      return { ordinal: node, children, leftOut: { count: page.total - shown.length, retainedSize } };
    };
    const tree = grow(ordinal, options.depth);
    if (options.json) return writeJson(io.stdout, dominatorsDocument(file, analysis, tree));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, dominatorsText(file, analysis, tree, format, io));
  });
}

function parseDepth(text: string): number {
  const depth = parseCount(text);
  if (depth > MAX_DEPTH) throw new InvalidArgumentError(`Expected ${MAX_DEPTH} at most.`);
  return depth;
}

interface BranchDocument extends ObjectDocument {
  readonly children: readonly BranchDocument[];
  readonly leftOut: Branch['leftOut'];
}

/** A published contract: names, nesting and order stay. */
function dominatorsDocument(file: string, analysis: HeapAnalysis, tree: Branch): object {
  const document = ({ children, leftOut, ordinal }: Branch): BranchDocument => ({
    ...objectDocument(analysis, ordinal),
    leftOut,
    children: children.map(document),
  });
  return { file, totalSize: analysis.totalSize, tree: document(tree) };
}

const COLUMNS: readonly TableColumn[] = [
  { heading: 'Retained size', align: 'right' },
  { heading: 'Share', align: 'right' },
  { heading: 'Shallow size', align: 'right' },
  { heading: 'Id', align: 'left' },
  { heading: 'Object', align: 'left', cut: 'end' },
];

async function* dominatorsText(
  file: string,
  analysis: HeapAnalysis,
  tree: Branch,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const { graph, totalSize } = analysis;
  const rows: string[][] = [];
  const addRow = (retainedSize: number, shallowSize: string, id: string, text: string): void => {
    rows.push([format.size(retainedSize), formatShare(retainedSize, totalSize), shallowSize, id, text]);
  };
  const add = (branch: Branch, before: string, below: string): void => {
    const { children, leftOut, ordinal } = branch;
    const id = `@${graph.node(ordinal).id}`;
    const shallowSize = format.size(analysis.shallowSizeOf(ordinal));
    addRow(analysis.retainedSizeOf(ordinal), shallowSize, id, before + objectText(analysis, ordinal));
    const showsRest = children.length > 0 && leftOut.count > 0;
    children.forEach((child, i) => {
      const isLast = i === children.length - 1 && !showsRest;
      add(child, below + (isLast ? '└─ ' : '├─ '), below + (isLast ? '   ' : '│  '));
    });
    if (showsRest) addRow(leftOut.retainedSize, '', '', `${below}└─ … ${format.count(leftOut.count)} more`);
  };
  add(tree, '', '');
  yield `${safeText(file)}: total size ${format.size(totalSize)}\n\n`;
  yield* tableText(COLUMNS, rows, io.stdout);
}
