import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSnapshot } from '../../src/open-snapshot.js';
import { arbitraryWrittenSnapshot } from '../support/arbitrary-written-snapshot.js';
import { answersOf, reopenPaged, snapshotFile } from '../support/indexed-graph.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();

test('a reopened graph has the columns, and gives the answers, of the parsed one', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWrittenSnapshot(), async ({ bytes }) => {
      const path = snapshotFile(folder, bytes);
      const parsed = answersOf(await openSnapshot(path));
      expect(answersOf(await openSnapshot(path, { index: true }))).toEqual(parsed);
      const reopened = await openSnapshot(path, { index: true });
      expect(reopened.index?.read('graph', '1')).not.toBeNull();
      expect(answersOf(reopened)).toEqual(parsed);
      expect(answersOf(reopenPaged(`${path}.heapidx`))).toEqual(parsed);
    }),
    { numRuns: 60 },
  );
});

test('whole columns and single rows of them may be asked for in any order', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWrittenSnapshot(), fc.infiniteStream(fc.nat()), async ({ bytes }, numbers) => {
      const path = snapshotFile(folder, bytes);
      const parsed = await openSnapshot(path, { index: true });
      const reopened = reopenPaged(`${path}.heapidx`);
      for (let question = 0; question < 40; question++) {
        const [kind, wish, whole] = [numbers.next().value!, numbers.next().value!, numbers.next().value!];
        const names = ['typeByEdge', 'nameByEdge', 'targetByEdge', 'stringBytes', 'selfSizeByNode'] as const;
        const node = wish % parsed.nodeCount;
        if (whole % 8 === 0) {
          const name = names[kind % names.length];
          expect(reopened.columns[name]).toEqual(parsed.columns[name]);
        }
        expect([...reopened.node(node).edges()].map(({ name, target }) => [name, target])).toEqual(
          [...parsed.node(node).edges()].map(({ name, target }) => [name, target]),
        );
        expect(reopened.node(node).name).toBe(parsed.node(node).name);
      }
    }),
    { numRuns: 40 },
  );
});
