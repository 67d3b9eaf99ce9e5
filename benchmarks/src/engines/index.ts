import type { Engine } from '../engine.js';
import { heapstream, heapstreamOneThread } from './heapstream.js';
import { jsonParse } from './json-parse.js';
import { plainRead } from './plain-read.js';

/** In the order of the report. */
export const ENGINES: readonly Engine[] = [heapstream, heapstreamOneThread, jsonParse, plainRead];
