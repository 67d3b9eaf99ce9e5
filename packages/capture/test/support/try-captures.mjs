// try-captures <pid> <directory>: captures a process in the ways there are, and prints how each fails.
import { captureBySignal, captureFromInspector, captureHere, openInspector } from '@heapstream/capture';

const [pid, directory] = process.argv.slice(2);
const codeOf = (work) =>
  work.then(
    () => 'done',
    ({ code }) => code,
  );
console.log(
  JSON.stringify({
    inspector: await codeOf(openInspector(Number(pid))),
    capture: await codeOf(captureFromInspector({ pid: Number(pid) }).toFile()),
    signal: await codeOf(captureBySignal(Number(pid)).toFile()),
    directory: await codeOf(captureHere().toFile({ directory })),
  }),
);
