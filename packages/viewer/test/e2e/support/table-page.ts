import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A table of the page as somebody reads it. */
export class TablePage {
  readonly table: Locator;

  constructor(page: Page, name: string | RegExp) {
    this.table = page.getByRole('treegrid', { name });
  }

  /** Lines below the head that are loaded, in order. */
  get lines(): Locator {
    return this.table.locator('.line');
  }

  line(text: string | RegExp): Locator {
    return this.lines.filter({ hasText: text }).first();
  }

  /** First cells of all lines in view, once all of them are loaded. */
  async names(): Promise<string[]> {
    await this.isLoaded();
    const cells = await this.lines.locator('.tree-cell').allInnerTexts();
    return cells.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** The cells of a line. */
  async cellsOf(text: string | RegExp): Promise<string[]> {
    await this.isLoaded();
    const cells = await this.line(text).getByRole('gridcell').allInnerTexts();
    return cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
  }

  async sortBy(title: string): Promise<void> {
    await this.table.getByRole('columnheader', { name: title }).getByRole('button').click();
  }

  async toggle(text: string | RegExp): Promise<void> {
    await this.line(text).locator('.twisty').click();
  }

  /** Clicks beside names, which may be links. */
  async select(text: string | RegExp): Promise<void> {
    await this.line(text).getByRole('gridcell').last().click();
  }

  async isLoaded(): Promise<void> {
    await expect.poll(() => this.table.getAttribute('aria-busy'), POLL).toBe('false');
    await expect.poll(() => this.table.locator('.placeholder').count(), POLL).toBe(0);
  }
}

/** How long to wait for what must come; the machine may be busy. */
export const POLL = { timeout: 30_000, interval: 25 };
