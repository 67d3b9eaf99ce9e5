import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as capture from '../src/index.js';

const VALUES = [
  'CaptureError',
  'CaptureRefusedError',
  'CaptureSession',
  'captureBySignal',
  'captureFromInspector',
  'captureHere',
  'captureNearLimit',
  'captureWorker',
  'createCaptureHandler',
  'diagnoseProcess',
  'listTargets',
  'openInspector',
];

test('exports these values, and nothing else', () => {
  expect(Object.keys(capture).sort()).toEqual(VALUES);
});

test('says in its index what is a type', () => {
  const source = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/export (type )?\{([^}]*)\} from/g)].flatMap(([, allAreTypes, list]) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name.startsWith('type ') || (allAreTypes !== undefined && name !== ''))
      .map((name) => name.replace(/^type /, '')),
  );
  expect(names.sort()).toEqual([
    'Capture',
    'CaptureCode',
    'CaptureCost',
    'CaptureHandler',
    'CaptureHandlerOptions',
    'CaptureOptions',
    'CaptureProgress',
    'CaptureWay',
    'ContentOptions',
    'FileDestination',
    'HeapFigures',
    'InspectorAddress',
    'InspectorCaptureOptions',
    'InspectorTarget',
    'NearLimitOptions',
    'OpenInspectorOptions',
    'OpenedInspector',
    'OwnCaptureOptions',
    'ProcessDiagnosis',
    'SavedSnapshot',
    'SessionOptions',
    'SignalCaptureOptions',
    'SnapshotOptions',
    'TargetChoice',
    'WayReason',
    'WayState',
  ]);
});
