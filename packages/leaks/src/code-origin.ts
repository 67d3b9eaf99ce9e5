import type { NodeView, SourceLocation } from '@heapstream/core';

const RUNTIME = /^node:|^internal\//;

/** Whether a place is in the program's code: known, and not in the runtime's. */
export function isOfProgram(location: SourceLocation | null): boolean {
  return location?.scriptName != null && !RUNTIME.test(location.scriptName);
}

/**
 * The name of a class by which the runtime's own are recognised; empty for classes that the program wrote, which may be
 * called the same.
 */
export function runtimeClassOf({ className, location }: NodeView): string {
  return isOfProgram(location) ? '' : className;
}
