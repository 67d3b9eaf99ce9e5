import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { OperationAbortedError } from '@heapstream/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CaptureSession } from '../../capture/src/index.js';
import { startInspected } from '../../capture/test/support/node-process.js';
import { assertNoGrowth, HeapGrowthError } from '../src/growth/assert-no-growth.js';
import { programFile } from './support/programs.js';
import { openPage } from './support/run-page.js';

const SHORT = { rounds: 2, calls: 2, warmup: 2 };
