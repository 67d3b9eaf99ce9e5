// capture-itself <directory> [force]: takes snapshots of its own heap and prints what became of them.
import { readdirSync } from 'node:fs';
import { captureHere } from '@heapstream/capture';
import { openSnapshot } from '@heapstream/core';

class OwnItem {}
globalThis.held = Array.from({ length: 40 }, () => new OwnItem());
const [directory, force] = process.argv.slice(2);

if (force) {
  const error = await captureHere({ force: true })
    .toFile({ directory })
    .catch((failure) => failure);
  console.log(JSON.stringify({ code: error.code, left: readdirSync(directory) }));
} else {
  const plain = await captureHere().toFile({ directory, filename: 'plain.heapsnapshot' });
  const packed = await captureHere({ directory, filename: 'packed.heapsnapshot.gz', gzip: true }).toFile();
  const graph = await openSnapshot(captureHere({ directory }));
  let streamed = 0;
  for (let ordinal = 0; ordinal < graph.nodeCount; ordinal++) {
    const { type, name } = graph.node(ordinal);
    if (type === 'object' && name === 'OwnItem') streamed++;
  }
  console.log(JSON.stringify({ plain, packed, streamed }));
}
