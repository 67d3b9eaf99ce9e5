// make-generated-heap <out.heapsnapshot> [--size 100mb | --nodes N] [--string-bytes 600mb] [--seed 1]
//
// Writes a heap by formula, of any size, and prints as JSON what a reader must find in it.
import { parseArgs } from 'node:util';
import { RealisticHeap } from '@heapstream/snapshot-builder';
import { parseSize, writeGeneratedHeap } from './generated-heap.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: '100mb' },
    nodes: { type: 'string' },
    'string-bytes': { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const [file] = positionals;
if (file === undefined) {
  console.error(
    'usage: make-generated-heap <out.heapsnapshot> [--size 100mb | --nodes N] [--string-bytes 600mb] [--seed 1]',
  );
  process.exit(2);
}
const totals = await writeGeneratedHeap(file, {
  nodes:
    values.nodes === undefined ? RealisticHeap.nodesForBytes(parseSize(values.size)) : Number(values.nodes),
  seed: Number(values.seed),
  ...(values['string-bytes'] !== undefined && { stringBytes: parseSize(values['string-bytes']) }),
});
console.log(JSON.stringify(totals, null, 2));
