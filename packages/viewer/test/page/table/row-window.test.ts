import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScrollPosition } from '../../../page/table/row-window.js';

const ROW = 24;
const VIEW = 480;

function scrollOf(lines: number): ScrollPosition {
  const scroll = new ScrollPosition(ROW);
  scroll.resize(lines, VIEW, 0);
  return scroll;
}

test('the window has the lines in view and one more', () => {
  const scroll = scrollOf(1_000);
  expect(scroll.window).toEqual({ first: 0, end: 21, shift: 0 });
  scroll.scrolled(100);
  expect(scroll.window).toEqual({ first: 4, end: 25, shift: -4 });
  expect(scroll.height).toBe(24_000);
});

test('a list too high for a browser has a lower element, whose ends are those of the list', () => {
  const scroll = scrollOf(5_000_000);
  expect(scroll.height).toBe(8_000_000);
  scroll.scrolled(scroll.height - VIEW);
  expect(scroll.window.end).toBe(5_000_000);
  scroll.scrolled((scroll.height - VIEW) / 2);
  expect(scroll.window.first).toBeCloseTo(2_500_000 - VIEW / ROW / 2, -1);
  const { first } = scroll.window;
  scroll.scrolled(scroll.scrollTop + 10 * ROW);
  expect(scroll.window.first).toBe(first + 10);
  scroll.scrolled(0);
  expect(scroll.window.first).toBe(0);
});

test('every line can be shown, in lists of any length', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20_000_000 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('nearest' as const, 'middle' as const),
      (lines, wanted, where) => {
        const scroll = scrollOf(lines);
        for (const number of wanted) {
          const line = number % lines;
          scroll.show(line, where);
          const { first, end } = scroll.window;
          expect(line).toBeGreaterThanOrEqual(first);
          expect(line).toBeLessThan(end);
          expect(scroll.scrollTop).toBeGreaterThanOrEqual(0);
          expect(scroll.scrollTop).toBeLessThanOrEqual(Math.max(0, scroll.height - VIEW));
        }
      },
    ),
  );
});

test('where the view shrinks, the line in it stays', () => {
  const scroll = scrollOf(1_000);
  scroll.resize(1_000, 240, 15);
  expect(scroll.window.first).toBe(6);
  scroll.resize(1_000, 480, 15);
  expect(scroll.window.first).toBe(6);
});

test('a line can be shown before the list is drawn with it', () => {
  const scroll = scrollOf(7);
  scroll.show(2_999, 'middle');
  scroll.resize(3_007, VIEW, 2_999);
  const { first, end } = scroll.window;
  expect([first <= 2_999, end > 2_999]).toEqual([true, true]);
});
