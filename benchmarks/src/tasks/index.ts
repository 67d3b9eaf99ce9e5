import type { Task } from '../engine.js';
import { histogram } from './histogram.js';
import { open } from './open.js';

export const TASKS: readonly Task[] = [open, histogram];
