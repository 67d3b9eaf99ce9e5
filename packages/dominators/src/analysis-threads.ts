/** What the threads of an analysis load. */
export const ANALYSIS_TASKS = new URL('./analysis-tasks.js', import.meta.url);
