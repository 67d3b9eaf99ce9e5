import * as capture from '@heapstream/capture';
import * as core from '@heapstream/core';
import * as diff from '@heapstream/diff';
import * as dominators from '@heapstream/dominators';
import * as leaks from '@heapstream/leaks';
import * as viewer from '@heapstream/viewer';
import { expect, it } from 'vitest';
import * as heapstream from '../src/index.js';

it('has everything that the packages export', () => {
  expect(heapstream).toMatchObject(capture);
  expect(heapstream).toMatchObject(core);
  expect(heapstream).toMatchObject(diff);
  expect(heapstream).toMatchObject(dominators);
  expect(heapstream).toMatchObject(leaks);
  expect(heapstream).toMatchObject(viewer);
});
