export type { Capture, CaptureOptions, CaptureProgress, SavedSnapshot } from './capture.js';
export type { CaptureCost, HeapFigures } from './cost/capture-cost.js';
export {
  type CaptureWay,
  diagnoseProcess,
  type ProcessDiagnosis,
  type WayReason,
  type WayState,
} from './diagnose-process.js';
export { type CaptureCode, CaptureError, CaptureRefusedError } from './errors.js';
export type { FileDestination } from './file/destination.js';
export {
  type CaptureHandler,
  type CaptureHandlerOptions,
  createCaptureHandler,
} from './in-process/capture-handler.js';
export { captureHere, type OwnCaptureOptions } from './in-process/capture-here.js';
export { captureNearLimit, type NearLimitOptions } from './in-process/capture-near-limit.js';
export { captureWorker } from './in-process/capture-worker.js';
export type { InspectorAddress } from './inspector/address.js';
export { captureFromInspector, type InspectorCaptureOptions } from './inspector/capture-from-inspector.js';
export {
  CaptureSession,
  type ContentOptions,
  type SessionOptions,
  type SnapshotOptions,
} from './inspector/capture-session.js';
export { listTargets } from './inspector/connect-target.js';
export type { InspectorTarget, TargetChoice } from './inspector/inspector-target.js';
export {
  type OpenedInspector,
  type OpenInspectorOptions,
  openInspector,
} from './inspector/open-inspector.js';
export { captureBySignal, type SignalCaptureOptions } from './signal/capture-by-signal.js';
