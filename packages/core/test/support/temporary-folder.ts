import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { getCurrentTest } from 'vitest/suite';

/** A folder that lives as long as the test that asks for it, or the tests of the calling file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heapstream-test-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // in a test it is too late for hooks of the file
  if (getCurrentTest() === undefined) afterAll(remove);
  else onTestFinished(remove);
  return folder;
}
