import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { POLL } from './table-page.js';

/** Goes to another place of the page, as its links do, and waits until all of it is shown. */
export async function goToPlace(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
    // drawn once, whatever it needs has been asked for
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, place);
  await isSettled(page);
}

/** Until nothing is on its way any more. */
export async function isSettled(page: Page): Promise<void> {
  const pending = page.locator('.placeholder, .is-waiting, [aria-busy=true]');
  await page.locator('.view, .notice').waitFor();
  await expect.poll(() => pending.count(), POLL).toBe(0);
}
