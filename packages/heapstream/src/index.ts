export * from '@heapstream/capture';
export * from '@heapstream/core';
export * from '@heapstream/diff';
export * from '@heapstream/dominators';
export * from '@heapstream/leaks';
export {
  startViewer,
  type Viewer,
  ViewerClient,
  type ViewerClientOptions,
  type ViewerOptions,
  ViewerRequestError,
} from '@heapstream/viewer';
