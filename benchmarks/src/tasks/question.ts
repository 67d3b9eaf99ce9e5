import type { Task } from '../engine.js';

export const question: Task = {
  name: 'question',
  description:
    'the paths that hold an object nobody has asked about, of a snapshot that has been opened before, from its index file. The whole process is timed',
  scope: 'process',
};
