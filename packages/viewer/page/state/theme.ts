import { effect, signal } from '@preact/signals';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'heapstream-theme';

/** What the switch says; `system` follows the browser. */
export const theme = signal<Theme>(THEMES.find((name) => name === readStored()) ?? 'system');

effect(() => {
  document.documentElement.dataset.theme = theme.value;
  try {
    localStorage.setItem(KEY, theme.value);
  } catch {
    // a browser that keeps nothing shows what was chosen as long as the page stands
  }
});

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
