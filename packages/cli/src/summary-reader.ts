// A file of its own, so that the command's bundle loads the summary alone, and not all that a heap can be asked.
export { readSummary } from '@heapstream/dominators';
