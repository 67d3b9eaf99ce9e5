/** From the sources, so that these tests need no build of another package. */
export * from '../../../snapshot-builder/src/index.js';
