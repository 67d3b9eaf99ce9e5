export { type CliIo, type OutputStream, processIo } from './cli-io.js';
export { EXIT_STATUS, type ExitStatus } from './exit-status.js';
export { runCli } from './run-cli.js';
