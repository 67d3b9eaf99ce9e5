import { expect, it } from 'vitest';
import { fitPowerLaw } from '../src/measure/power-law.js';

it('finds exponent and factor', () => {
  const sizes = [10, 100, 1000, 20_000];
  const { exponent, factor } = fitPowerLaw(sizes.map((size) => ({ size, cost: 3 * size ** 1.5 })));
  expect(exponent).toBeCloseTo(1.5, 10);
  expect(factor).toBeCloseTo(3, 10);
});
