import { ViewerClient } from '../../src/viewer-client.js';

/** Asks the viewer that this page came from. */
export const client = new ViewerClient({ url: location.origin });
