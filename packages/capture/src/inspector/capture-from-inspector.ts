import type { Capture } from '../capture.js';
import { StreamCapture } from '../stream-capture.js';
import { DEFAULT_HOST, DEFAULT_PORT } from './address.js';
import { CaptureSession, type SessionOptions, type SnapshotOptions } from './capture-session.js';
import { type OpenedInspector, openInspector } from './open-inspector.js';

/** As for a session; or the number of a process whose inspector is opened for the capture, and closed after it. */
export type InspectorCaptureOptions = SnapshotOptions & (SessionOptions | OwnInspectorOptions);

type OwnInspectorOptions = Omit<SessionOptions, 'host' | 'port' | 'url'> & { readonly pid: number };

/**
 * One snapshot over the inspector: of a process started with `--inspect`, a browser tab, a worker, or (`pid`) of a
 * running Node process without. For several, see {@link CaptureSession}: closing the connection resets object ids.
 */
export function captureFromInspector(options: InspectorCaptureOptions = {}): Capture {
  return new StreamCapture(
    async () => {
      const inspector = 'pid' in options ? await openInspector(options.pid, options) : undefined;
      try {
        return await prepare(options, inspector);
      } catch (error) {
        await inspector?.close();
        throw error;
      }
    },
    { ...options, name: nameOf(options), label: 'pid' in options ? String(options.pid) : 'inspector' },
  );
}

async function prepare(options: InspectorCaptureOptions, inspector: OpenedInspector | undefined) {
  const { target, timeout, signal } = options;
  const session = await CaptureSession.open(
    inspector === undefined
      ? (options as SessionOptions)
      : { host: inspector.host, port: inspector.port, target, timeout, signal },
  );
  const close = async (): Promise<void> => {
    await session.close();
    await inspector?.close();
  };
  try {
    const cost = await session.estimate(signal);
    // the session's own guard would ask the target again, and come to the same
    const chunks = () => session.snapshot({ ...options, force: true })[Symbol.asyncIterator]();
    return { cost, chunks: () => ({ [Symbol.asyncIterator]: chunks }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function nameOf(options: InspectorCaptureOptions): string {
  if ('pid' in options) return `<process ${options.pid}>`;
  if ('url' in options) return `<${options.url}>`;
  return `<${options.host ?? DEFAULT_HOST}:${options.port ?? DEFAULT_PORT}>`;
}
