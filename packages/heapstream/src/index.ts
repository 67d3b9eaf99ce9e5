export * from '@heapstream/core';
export * from '@heapstream/dominators';
