import * as core from '@heapstream/core';
import { expect, it } from 'vitest';
import * as heapstream from '../src/index.js';

it('has everything that the packages export', () => {
  expect(heapstream).toMatchObject(core);
});
