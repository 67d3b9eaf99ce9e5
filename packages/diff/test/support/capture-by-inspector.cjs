// Writes two heap snapshots of this process: node capture-by-inspector.cjs <kept|closed> <first> <second>
// `closed` closes the inspector session in between.
const { appendFileSync } = require('node:fs');
const { Session } = require('node:inspector');

const [mode, first, second] = process.argv.slice(2);

class Item {}

async function capture(session, file) {
  const append = ({ params }) => appendFileSync(file, params.chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', append);
  await new Promise((resolve, reject) => {
    session.post('HeapProfiler.takeHeapSnapshot', (error) => (error ? reject(error) : resolve()));
  });
  session.off('HeapProfiler.addHeapSnapshotChunk', append);
}

function connect() {
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.enable');
  return session;
}

async function run() {
  globalThis.items = [];
  let session = connect();
  await capture(session, first);
  for (let i = 0; i < 200; i++) globalThis.items.push(new Item());
  if (mode === 'closed') {
    session.disconnect();
    session = connect();
  }
  await capture(session, second);
  session.disconnect();
}

run();
