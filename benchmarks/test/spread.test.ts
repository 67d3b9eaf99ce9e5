import { expect, it } from 'vitest';
import { spreadOf } from '../src/measure/spread.js';

it('takes the middle one, or the mean of the two in the middle', () => {
  expect(spreadOf([10, 9, 100])).toEqual({ median: 10, min: 9, max: 100 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
  expect(spreadOf([7])).toEqual({ median: 7, min: 7, max: 7 });
});
