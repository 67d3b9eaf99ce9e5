import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as leaks from '../src/index.js';

const VALUES = [
  'ARTEFACT_RULES',
  'BaselineError',
  'HeapGrowthError',
  'LEAK_KINDS',
  'LEAK_RULES',
  'LEVELS',
  'ScenarioFailedError',
  'assertNoGrowth',
  'findGrowth',
  'findLeaks',
  'findSuspects',
  'findUnusedVariables',
  'findWaitingFunctions',
  'fingerprintsOfBaseline',
  'growthMatchers',
  'isAtLeast',
];

const TYPES = [
  'ArtefactRule',
  'FindLeaksOptions',
  'Finding',
  'FindingOptions',
  'FindingStep',
  'GrowthOptions',
  'HeldObjects',
  'LeakKind',
  'LeakProgress',
  'LeakRule',
  'LeakSite',
  'LeakStep',
  'LeakThreadOptions',
  'Level',
  'ProcessOptions',
  'Rounds',
  'Scenario',
  'UnusedVariable',
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
