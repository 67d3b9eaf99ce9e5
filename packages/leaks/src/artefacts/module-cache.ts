import type { ArtefactRule } from '../leak-rule.js';

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
const LEAST_DIRECT_SHARE = 0.3;

/** Modules, which stay loaded once they are. */
export const moduleCache: ArtefactRule = {
  name: 'module-cache',
  recognise: (site) =>
    MODULES.has(site.node.className) || site.directShareOf((name) => MODULES.has(name)) >= LEAST_DIRECT_SHARE
      ? 'modules stay in the module cache once they are loaded'
      : null,
};
