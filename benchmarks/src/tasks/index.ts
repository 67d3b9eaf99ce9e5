import type { Task } from '../engine.js';
import { diff } from './diff.js';
import { histogram } from './histogram.js';
import { parse } from './parse.js';
import { question } from './question.js';
import { reopen } from './reopen.js';
import { summary } from './summary.js';

/** In the order of the report. */
export const TASKS: readonly Task[] = [parse, histogram, summary, reopen, question, diff];
