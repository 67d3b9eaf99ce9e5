import type { ArtefactRule } from '../leak-rule.js';
import { compiler } from './compiler.js';
import { inFlight } from './in-flight.js';
import { inspector } from './inspector.js';
import { measurement } from './measurement.js';
import { moduleCache } from './module-cache.js';
import { rendering } from './rendering.js';
import { slowingDown } from './slowing-down.js';

/** In the order in which they are asked; one is enough to rank a finding down. */
export const ARTEFACT_RULES: readonly ArtefactRule[] = [
  compiler,
  inspector,
  measurement,
  moduleCache,
  rendering,
  inFlight,
  slowingDown,
];
