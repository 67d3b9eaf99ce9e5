/** Serves the snapshots named as arguments, and tells the address and when they are loaded. */
import { startViewer } from '@heapstream/viewer';

const viewer = await startViewer({ files: process.argv.slice(2) });
process.send({ url: viewer.url });
await viewer.loaded;
process.send({ isLoaded: true });
process.on('disconnect', () => viewer.close());
