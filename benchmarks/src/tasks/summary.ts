import type { Task } from '../engine.js';

export const summary: Task = {
  name: 'summary',
  description:
    'from the command to the printed class table with retained sizes. The whole process is timed: its start, reading, analysis, output',
  scope: 'process',
};
