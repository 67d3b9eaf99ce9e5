export * from '@heapstream/core';
