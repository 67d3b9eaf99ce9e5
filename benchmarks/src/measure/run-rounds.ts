import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Answer, Engine, Task, TaskFiles } from '../engine.js';
import { peerProblem } from '../peers/install-peers.js';
import { PEER_NODE } from '../peers/peer-folder.js';
import { measureProcess, ProcessFailure } from './measure-process.js';
import type { Measurement } from './measurement.js';

const MEASURE_ONCE = fileURLToPath(new URL('../../dist/measure/measure-once.js', import.meta.url));

/** All measurements of one engine with one task on one file. */
export interface Series {
  readonly task: string;
  readonly engine: string;
  /** One a round; none where the engine does not do it. */
  readonly measurements: Measurement[];
  /** Why there are none: `fails: …`, or what is known beforehand. */
  leftOut?: string;
}

/**
 * Measures a task with every engine that has it. The rounds are interleaved, so that whatever else the machine does
 * hits all alike, and each begins with another engine, so that none always follows the same one. An engine that fails
 * is not tried again.
 */
export async function runRounds(
  files: TaskFiles,
  fileBytes: number,
  task: Task,
  engines: readonly Engine[],
  rounds: number,
  onRun: (label: string) => void,
  timeoutMilliseconds?: number,
): Promise<Series[]> {
  const all = engines
    .filter((engine) => hasTask(engine, task))
    .map((engine): Series => {
      const leftOut = reasonAgainst(engine, task, fileBytes);
      return { task: task.name, engine: engine.name, measurements: [], ...(leftOut && { leftOut }) };
    });
  const engineOf = ({ engine }: Series) => engines.find(({ name }) => name === engine)!;
  const isIn = ({ leftOut }: Series) => leftOut === undefined;
  for (const series of all.filter(isIn)) {
    await attempt(series, async () => engineOf(series).prepare?.[task.name]?.(files));
  }
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      const series = all[(round + turn) % all.length];
      if (!isIn(series)) continue;
      onRun(`${task.name}, round ${round + 1} of ${rounds}: ${series.engine}`);
      await attempt(series, async () => {
        series.measurements.push(await measure(engineOf(series), task, files, timeoutMilliseconds));
      });
      if (series.leftOut !== undefined) onRun(`  ${series.leftOut}`);
    }
  }
  return all;
}

/**
 * Runs one engine once, in a process of its own, which has 20 minutes where nobody says otherwise. Another one does the same
 * before, untimed: where the machine is a virtual one, the host takes back within seconds what processes have freed, and
 * fetching a gigabyte again takes up to two seconds of processor time. Without it, whoever follows a larger engine, or a
 * pause, would pay for that.
 */
export async function measure(
  engine: Engine,
  task: Task,
  files: TaskFiles,
  timeoutMilliseconds?: number,
): Promise<Measurement> {
  const limit = timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds };
  const program = engine.commands?.[task.name]?.(files);
  if (program !== undefined) {
    await measureProcess(program.command, program.args, limit);
    const { stdout, ...figures } = await measureProcess(program.command, program.args, limit);
    return { answer: program.readAnswer(stdout), ...figures };
  }
  const [node, flags] = engine.isPeer ? [PEER_NODE, [heapLimit()]] : [process.execPath, []];
  const script = [MEASURE_ONCE, engine.name, task.name, files.file, ...(files.later ? [files.later] : [])];
  await measureProcess(node, [...flags, ...script], limit);
  const { stdout, ...figures } = await measureProcess(node, [...flags, ...script], limit);
  const inside = JSON.parse(stdout) as Measurement;
  return task.scope === 'call' ? inside : { answer: inside.answer as Answer, ...figures };
}

function hasTask({ tasks, commands }: Engine, { name }: Task): boolean {
  return tasks?.[name] !== undefined || commands?.[name] !== undefined;
}

function reasonAgainst(engine: Engine, task: Task, fileBytes: number): string | undefined {
  if (engine.limit !== undefined && fileBytes > engine.limit.bytes) return `fails: ${engine.limit.reason}`;
  const problem = engine.isPeer ? peerProblem(engine.name) : undefined;
  return problem ?? engine.unavailable?.(task.name);
}

/** Peers keep their graph in Node's own heap: none shall fail for a small default. */
function heapLimit(): string {
  return `--max-old-space-size=${Math.round((totalmem() * 0.75) / 2 ** 20)}`;
}

async function attempt(series: Series, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    series.leftOut = `fails: ${error.message}`;
    series.measurements.length = 0;
    if (!(error instanceof ProcessFailure)) console.error(error);
  }
}
