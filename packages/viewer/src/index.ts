export type * from './api/index.js';
export { ViewerClient, type ViewerClientOptions, ViewerRequestError } from './viewer-client.js';
