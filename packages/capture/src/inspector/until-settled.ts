import type { ProtocolChannel } from './protocol-channel.js';

/** Waits until `work` settles, whatever comes of it, or nothing came over the channel for `timeout` milliseconds. */
export async function untilSettledOrSilent(
  work: Promise<unknown>,
  channel: ProtocolChannel,
  timeout: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const undo: (() => void)[] = [];
  const silent = new Promise<void>((resolve) => {
    const restart = (): void => {
      clearTimeout(timer);
      timer = setTimeout(resolve, timeout);
    };
    undo.push(channel.listen(restart));
    restart();
  });
  await Promise.race([work.catch(() => {}), silent]);
  clearTimeout(timer);
  for (const stop of undo) stop();
}
