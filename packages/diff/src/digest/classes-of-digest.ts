import {
  type ClassIdentity,
  type InterfaceDefinition,
  InterfaceIndex,
  NO_DEFINITION,
} from '@heapstream/core';
import { placeKey } from '../kernels/tabulate-side.js';
import { retainedSizesOf } from './group-nesting.js';
import type { SnapshotDigest } from './snapshot-digest.js';

/** The classes that a digest's groups make up by some interfaces, and their figures. */
export interface ClassesOfDigest {
  /** Keys are unique. */
  readonly classes: readonly ClassIdentity[];
  readonly classByGroup: Uint32Array;
  readonly countByClass: Float64Array;
  /** Bytes. */
  readonly shallowSizeByClass: Float64Array;
  /** Bytes; NaN where the digest cannot tell. */
  readonly retainedSizeByClass: Float64Array;
}

/** `byPlace`: whether classes are told apart by the place of their constructor, or by V8's number of the script. */
export function classesOfDigest(
  digest: SnapshotDigest,
  interfaces: readonly InterfaceDefinition[],
  byPlace: boolean,
): ClassesOfDigest {
  const { groups } = digest;
  const nameByShape = matchShapes(digest, interfaces);
  const classes: ClassIdentity[] = [];
  const positionByKey = new Map<string, number>();
  const classByGroup = Uint32Array.from(groups, ({ location, name: ownName, shape }) => {
    const name = shape === null ? ownName : nameByShape[shape];
    const key = byPlace ? placeKey({ location, name }) : scriptKey({ location, name });
    let position = positionByKey.get(key);
    if (position === undefined) {
      position = classes.push({ key, name, location }) - 1;
      positionByKey.set(key, position);
    }
    return position;
  });

  const countByClass = new Float64Array(classes.length);
  const shallowSizeByClass = new Float64Array(classes.length);
  const retainedSizeByClass = new Float64Array(classes.length);
  const groupsByClass = new Uint32Array(classes.length);
  groups.forEach(({ count, retainedSize, shallowSize }, group) => {
    const ofClass = classByGroup[group];
    groupsByClass[ofClass]++;
    countByClass[ofClass] += count;
    shallowSizeByClass[ofClass] += shallowSize;
    retainedSizeByClass[ofClass] = retainedSize;
  });
  const nested =
    digest.nesting === null ? undefined : retainedSizesOf(digest.nesting, classByGroup, classes.length);
  for (let position = 0; position < classes.length; position++) {
    if (groupsByClass[position] > 1) retainedSizeByClass[position] = nested?.[position] ?? Number.NaN;
  }
  return { classes, classByGroup, countByClass, shallowSizeByClass, retainedSizeByClass };
}

/** As `ClassIdentity.key` is made. */
function scriptKey({ location, name }: Pick<ClassIdentity, 'location' | 'name'>): string {
  return location === null ? `,${name}` : `${location.scriptId},${location.line},${location.column},${name}`;
}

/** shape → the name of the interface that its objects join, or `Object` */
function matchShapes(
  { groups, propertyNames, shapes }: SnapshotDigest,
  interfaces: readonly InterfaceDefinition[],
): string[] {
  const index = new InterfaceIndex(interfaces);
  const numbers = propertyNames.map((name) => index.propertyNumber(name));
  const names = shapes.map((shape) => {
    const properties = shape.map((property) => numbers[property]).filter((number) => number !== undefined);
    const match = index.bestMatch(properties);
    return match === NO_DEFINITION ? undefined : interfaces[match].name;
  });
  const ownNames: string[] = [];
  for (const { name, shape } of groups) if (shape !== null) ownNames[shape] = name;
  return names.map((name, shape) => name ?? ownNames[shape]);
}
