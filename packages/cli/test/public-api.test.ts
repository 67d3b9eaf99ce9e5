import { expect, it } from 'vitest';
import * as cli from '../src/index.js';

it('exports what the README names, and nothing else', () => {
  expect(Object.keys(cli).sort()).toEqual(['EXIT_STATUS', 'processIo', 'runCli']);
});
