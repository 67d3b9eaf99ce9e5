import type { Task } from '../engine.js';

export const histogram: Task = {
  name: 'histogram',
  description: 'counts and self sizes by node type and name. The call alone is timed',
  scope: 'call',
};
