import type { SourceLocation } from '../graph/source-location.js';
import type { ClassIdentity } from './node-classes.js';

/** The classes found so far; ordinals are positions. */
export class ClassList {
  readonly identities: ClassIdentity[] = [];
  readonly #ordinalByName = new Map<string, number>();

  /** Ordinal of the class of that name without a location. */
  named(name: string): number {
    let ordinal = this.#ordinalByName.get(name);
    if (ordinal === undefined) {
      ordinal = this.identities.push({ key: `,${name}`, name, location: null }) - 1;
      this.#ordinalByName.set(name, ordinal);
    }
    return ordinal;
  }

  /** Adds a class that the caller knows to be new. */
  addLocated(name: string, location: SourceLocation): number {
    const key = `${location.scriptId},${location.line},${location.column},${name}`;
    return this.identities.push({ key, name, location }) - 1;
  }
}
