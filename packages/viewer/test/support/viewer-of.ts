import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startViewer, type Viewer } from '@heapstream/viewer';
import { afterAll, beforeAll } from 'vitest';
import { temporaryFolder } from '../../../core/test/support/temporary-folder.js';

/** A viewer, as built, of files with these texts; it has loaded when the tests of the calling file run. */
export function viewerOf(...texts: readonly string[]): { readonly viewer: Viewer } {
  const folder = temporaryFolder();
  const running = {} as { viewer: Viewer };
  beforeAll(async () => {
    const files = texts.map((text, i) => {
      const file = join(folder, `${i}.heapsnapshot`);
      writeFileSync(file, text);
      return file;
    });
    running.viewer = await startViewer({ files });
    await running.viewer.loaded;
  });
  afterAll(() => running.viewer?.close());
  return running;
}
