import { expect, test } from 'vitest';
import { exportedTypes } from '../../core/test/support/exported-types.js';
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
  expect(exportedTypes(new URL('../src/index.ts', import.meta.url))).toEqual([
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
