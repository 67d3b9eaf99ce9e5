import * as viewer from '@heapstream/viewer';
import { expect, test } from 'vitest';
import { exportedTypes } from '../../core/test/support/exported-types.js';

test('exports these values, and nothing else', () => {
  expect(Object.keys(viewer).sort()).toEqual(['ViewerClient', 'ViewerRequestError', 'startViewer']);
});

test('exports these types, and nothing else but those of the API', () => {
  expect(exportedTypes(new URL('../src/index.ts', import.meta.url))).toEqual([
    'Viewer',
    'ViewerClientOptions',
    'ViewerOptions',
  ]);
});
