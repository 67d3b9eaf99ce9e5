// The second worker of the DevTools engine: does its half of the analysis for whoever holds the other end of the port.
import { type MessagePort, workerData } from 'node:worker_threads';
import type { EngineModule } from '@heapstream/conformance';
import { DEVTOOLS_BUNDLE } from '../peers/peer-folder.js';

const engine = (await import(DEVTOOLS_BUNDLE)) as EngineModule;
new engine.HeapSnapshot.SecondaryInitManager((workerData as { port: MessagePort }).port);
