import type { Command } from 'commander';
import type { CommandRun } from '../command-run.js';
import type { GlobalOptions } from '../global-options.js';
import { createNumberFormat } from '../number-format.js';
import { writeFileWhole } from '../output-file.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { readAnalysis } from '../snapshot-analysis.js';
import { SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { WrongUsageError } from '../wrong-usage-error.js';

interface DigestCommandOptions extends GlobalOptions {
  readonly output?: string;
}

const STDIN = '-';
const SNAPSHOT_ENDING = /\.heap(snapshot|timeline)(\.\w+)?$/;
const DIGEST_ENDING = '.heapdigest';

export function addDigestCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('digest')
    .description('keeps the classes of a snapshot in some kilobytes, for diff and trend without the snapshot')
    .argument('<file>', SNAPSHOT_ARGUMENT)
    .option('--output <file>', `where to write it (default: beside the snapshot, as ${DIGEST_ENDING})`)
    .action(async (file: string) => {
      const options = command.optsWithGlobals<DigestCommandOptions>();
      const output = options.output ?? digestNameOf(file);
      const analysis = await readAnalysis(file, options, io);
      const { digestSnapshotSync, encodeDigest } = await import('@heapstream/diff');
      const digest = digestSnapshotSync(analysis);
      const bytes = encodeDigest(digest);
      await writeFileWhole(output, chunksOf(bytes));
      const format = await createNumberFormat(false);
      const facts = [
        format.size(bytes.length),
        `${format.count(digest.groups.filter(({ shape }) => shape === null).length)} classes`,
        `${format.count(digest.shapes.length)} shapes of plain objects`,
        ...(digest.unshapedObjects > 0
          ? [`${format.count(digest.unshapedObjects)} plain objects of shapes too rare to be kept`]
          : []),
      ];
      await writeText(io.stdout, [`${safeText(output)}: ${facts.join(', ')}\n`]);
    });
}

function digestNameOf(file: string): string {
  if (file === STDIN) throw new WrongUsageError('--output says where the digest of standard input goes');
  return file.replace(SNAPSHOT_ENDING, '') + DIGEST_ENDING;
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
