import { EDGE_TYPE } from '@heapstream/core';
import { runtimeClassOf } from '../code-origin.js';
import type { ArtefactRule } from '../leak-rule.js';
import type { LeakSite } from '../leak-site.js';

const MODULES = new Set([
  'Module',
  'ModuleWrap',
  'ModuleJob',
  'ModuleJobSync',
  'LoadCache',
  'ResolveCache',
  'SourceTextModule',
  'system / SourceTextModule',
  'system / Module',
]);
const LOADERS = new Set(['ModuleLoader', 'DefaultModuleLoader', 'LoadCache', 'ResolveCache', 'ModuleMap']);
const LEAST_DIRECT_SHARE = 0.3;

/** Modules, which stay loaded once they are, and what their loader keeps of them. */
export const moduleCache: ArtefactRule = {
  name: 'module-cache',
  recognise: (site) =>
    MODULES.has(runtimeClassOf(site.node)) ||
    isKeptByLoader(site) ||
    site.directShareOf((name) => MODULES.has(name)) >= LEAST_DIRECT_SHARE
      ? 'modules stay in the module cache once they are loaded'
      : null,
};

/** Whether a loader comes after the last variable of the path: those of modules hang on it, too. */
function isKeptByLoader({ steps }: LeakSite): boolean {
  for (let i = steps.length - 1; i >= 0; i--) {
    if (LOADERS.has(runtimeClassOf(steps[i].node))) return true;
    if (steps[i].edge?.type === EDGE_TYPE.context) return false;
  }
  return false;
}
