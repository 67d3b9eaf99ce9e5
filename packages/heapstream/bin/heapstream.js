#!/usr/bin/env node
import { processIo, runCli } from '@heapstream/cli';

process.exitCode = await runCli(process.argv.slice(2), processIo());
