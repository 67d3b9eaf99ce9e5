import { processIo, runCli } from '@heapstream/cli';

// the bundle is CommonJS, which has no `await` here; whoever never hears of the end hears of a fault
process.exitCode = 70;
runCli(process.argv.slice(2), processIo()).then((status) => {
  process.exitCode = status;
});
