export type * from './api/index.js';
export { startViewer, type Viewer, type ViewerOptions } from './start-viewer.js';
export { ViewerClient, type ViewerClientOptions, ViewerRequestError } from './viewer-client.js';
