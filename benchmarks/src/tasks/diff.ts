import type { Task } from '../engine.js';

export const diff: Task = {
  name: 'diff',
  description:
    'two snapshots of one process read, and what is new and gone by class printed. The whole process is timed',
  scope: 'process',
  isComparison: true,
};
