import type { Task } from '../engine.js';

export const reopen: Task = {
  name: 'reopen',
  description:
    'the summary of a snapshot that has been opened before, from its index file. The whole process is timed',
  scope: 'process',
};
