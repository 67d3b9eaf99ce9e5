import type { LeakRule } from '../leak-rule.js';
import { arrays } from './arrays.js';
import { caches } from './caches.js';
import { closures } from './closures.js';
import { detachedDom } from './detached-dom.js';
import { duplicateStrings } from './duplicate-strings.js';
import { growingObject } from './growing-object.js';
import { listeners } from './listeners.js';
import { nativeResources } from './native-resources.js';
import { promises } from './promises.js';
import { timers } from './timers.js';
import { unusedVariables } from './unused-variables.js';

/** In the order in which they are asked: what says most about the cause comes first. */
export const LEAK_RULES: readonly LeakRule[] = [
  timers,
  listeners,
  detachedDom,
  duplicateStrings,
  nativeResources,
  promises,
  caches,
  arrays,
  unusedVariables,
  closures,
  growingObject,
];
