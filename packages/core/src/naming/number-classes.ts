import { addressOf, upwards } from '../kernel/call-ranges.js';
import type { ClassKernel } from './class-kernel.js';
import type { ClassIdentity } from './node-classes.js';

/** The ordinal of a class that no node was found to have yet. */
const NO_CLASS = 0xffffffff;

/** Renumbers the classes in `classByNode` in the order of their first nodes, and returns those that have any. */
export function numberByAppearance(
  classByNode: Uint32Array,
  identities: readonly ClassIdentity[],
): readonly ClassIdentity[] {
  const ordinals = new Uint32Array(identities.length).fill(NO_CLASS);
  const used: ClassIdentity[] = [];
  for (let node = 0; node < classByNode.length; node++) {
    const ordinal = classByNode[node];
    if (ordinals[ordinal] === NO_CLASS) ordinals[ordinal] = used.push(identities[ordinal]) - 1;
    classByNode[node] = ordinals[ordinal];
  }
  return used;
}

/** The same as {@link numberByAppearance}, in scrap of the kernel. */
export function numberByAppearanceInKernel(
  classByNode: Uint32Array,
  identities: readonly ClassIdentity[],
  { exports, scratch }: ClassKernel,
): readonly ClassIdentity[] {
  if (identities.length > scratch.hashByGroup.length) return numberByAppearance(classByNode, identities);
  const ordinals = scratch.hashByGroup.subarray(0, identities.length).fill(NO_CLASS);
  let count = 0;
  upwards(0, classByNode.length, (first, end) => {
    count = exports.numberClasses(first, end, addressOf(classByNode), addressOf(ordinals), count);
  });
  const used = new Array<ClassIdentity>(count);
  identities.forEach((identity, ordinal) => {
    if (ordinals[ordinal] !== NO_CLASS) used[ordinals[ordinal]] = identity;
  });
  return used;
}
