import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as leaks from '../src/index.js';

const VALUES = [
  'ARTEFACT_RULES',
  'LEAK_KINDS',
  'LEAK_RULES',
  'LEVELS',
  'findLeaks',
  'findSuspects',
  'findWaitingFunctions',
  'isAtLeast',
];

const TYPES = [
  'ArtefactRule',
  'FindLeaksOptions',
  'Finding',
  'FindingOptions',
  'FindingStep',
  'HeldObjects',
  'LeakKind',
  'LeakProgress',
  'LeakRule',
  'LeakSite',
  'LeakStep',
  'LeakThreadOptions',
  'Level',
  'WaitingFunction',
];

test('exports these values, and nothing else', () => {
  expect(Object.keys(leaks).sort()).toEqual(VALUES);
});

test('exports these types, and nothing else', () => {
  const source = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/export (type )?\{([^}]*)\} from/g)].flatMap(([, allAreTypes, list]) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name.startsWith('type ') || (allAreTypes !== undefined && name !== ''))
      .map((name) => name.replace(/^type /, '')),
  );
  expect(names.sort()).toEqual(TYPES);
});
