import type { CliIo } from './cli-io.js';

/** Opens an address in the browser that the user prefers, where there is a screen; failing that costs a line. */
export async function openInBrowser(url: string, { stderr }: CliIo): Promise<void> {
  if (!hasScreen()) return;
  try {
    const { default: open } = await import('open');
    const browser = await open(url);
    browser.on('error', () => stderr.write('no browser could be opened\n'));
  } catch {
    stderr.write('no browser could be opened\n');
  }
}

/** Systems other than these always have one, as far as a program can tell. */
function hasScreen({ DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME);
}
