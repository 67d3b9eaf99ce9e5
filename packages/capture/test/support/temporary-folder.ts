export { temporaryFolder } from '../../../core/test/support/temporary-folder.js';
