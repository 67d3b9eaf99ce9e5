import { expect, test } from 'vitest';
import { exportedTypes } from '../../core/test/support/exported-types.js';
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
  'GrowthTarget',
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
  expect(exportedTypes(new URL('../src/index.ts', import.meta.url))).toEqual(TYPES);
});
