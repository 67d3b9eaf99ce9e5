import { SPECIAL_NAME } from '@heapstream/core';

/** Whether a class is of DOM nodes outside the document; Node's own native objects (`Node / BindingData`) are none. */
export function isDetachedDomClass(name: string): boolean {
  return name.startsWith(SPECIAL_NAME.detachedPrefix) && !name.includes(' / ');
}
