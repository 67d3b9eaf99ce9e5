import type { ResolvedAddress } from './address.js';
import { connectSocket } from './connect-socket.js';
import type { InspectorTarget } from './inspector-target.js';
import type { ProtocolChannel } from './protocol-channel.js';
import { withDeadline } from './with-deadline.js';

/**
 * A dedicated worker of Chromium answers nobody before its page has looked for workers. Has all pages do so, for as long
 * as `worker` is open.
 */
export async function wakeWorker(
  worker: ProtocolChannel,
  address: ResolvedAddress,
  targets: readonly InspectorTarget[],
  options: { timeout: number; signal?: AbortSignal | undefined },
): Promise<void> {
  for (const { type, socketPath } of targets) {
    if (type !== 'page') continue;
    const page = await connectSocket({ ...address, socketPath }, options);
    worker.onEnd(() => page.close());
    const looking = page.call('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: true,
    });
    await withDeadline(looking, page.name, options);
  }
}
