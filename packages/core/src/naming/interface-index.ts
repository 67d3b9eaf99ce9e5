/** A shape that many plain objects share, inferred because V8 knows them all only as `Object`. */
export interface InterfaceDefinition {
  /** `{a, b}` */
  readonly name: string;
  /** Property names in the order of the objects it was found in. Text, not ordinals: it applies to other graphs too. */
  readonly properties: readonly string[];
}

/** Position of no definition. */
export const NO_DEFINITION = -1;

interface MatchableDefinition {
  readonly position: number;
  /** properties, repeated ones counted */
  readonly size: number;
  /** property numbers, each once, and how often the definition has them */
  readonly properties: Uint32Array;
  readonly counts: Uint32Array;
}

/**
 * Definitions made ready to be matched with lists of property names: of those whose properties a list has all of
 * (counted, where a name repeats), the one with the most properties, the earlier one among equals.
 */
export class InterfaceIndex {
  /** property text → its number among all properties of definitions */
  readonly #propertyByText = new Map<string, number>();
  /**
   * property number → definitions to try for an object that has it, best first; each definition stands under the one
   * of its properties that the fewest definitions have
   */
  readonly #definitionsByProperty: MatchableDefinition[][];
  readonly #countByProperty: Uint32Array;
  readonly #matchWithoutProperties: number;

  constructor(definitions: readonly InterfaceDefinition[]) {
    const matchable = definitions.map((definition, position) => this.#matchable(definition, position));
    this.#definitionsByProperty = this.#anchored(matchable);
    this.#countByProperty = new Uint32Array(this.#propertyByText.size);
    this.#matchWithoutProperties = definitions.findIndex((definition) => definition.properties.length === 0);
  }

  /** What {@link bestMatch} knows the property by; undefined where no definition has it. */
  propertyNumber(text: string): number | undefined {
    return this.#propertyByText.get(text);
  }

  /** Position of the definition that an object with these properties joins, or {@link NO_DEFINITION}. */
  bestMatch(properties: readonly number[]): number {
    const counts = this.#countByProperty;
    for (const property of properties) counts[property]++;
    let best: MatchableDefinition | undefined;
    for (const property of properties) {
      for (const definition of this.#definitionsByProperty[property]) {
        if (best !== undefined && compareMatches(best, definition) <= 0) break;
        if (isContained(definition, counts)) {
          best = definition;
          break;
        }
      }
    }
    for (const property of properties) counts[property] = 0;
    return best === undefined ? this.#matchWithoutProperties : best.position;
  }

  #matchable(definition: InterfaceDefinition, position: number): MatchableDefinition {
    const needed = new Map<number, number>();
    for (const text of definition.properties) {
      let property = this.#propertyByText.get(text);
      if (property === undefined) {
        property = this.#propertyByText.size;
        this.#propertyByText.set(text, property);
      }
      needed.set(property, (needed.get(property) ?? 0) + 1);
    }
    return {
      position,
      size: definition.properties.length,
      properties: Uint32Array.from(needed.keys()),
      counts: Uint32Array.from(needed.values()),
    };
  }

  #anchored(definitions: readonly MatchableDefinition[]): MatchableDefinition[][] {
    const frequency = new Uint32Array(this.#propertyByText.size);
    for (const { properties } of definitions) for (const property of properties) frequency[property]++;
    const byProperty: MatchableDefinition[][] = Array.from(frequency, () => []);
    for (const definition of definitions.toSorted(compareMatches)) {
      if (definition.size === 0) continue;
      const rarest = definition.properties.reduce((a, b) => (frequency[b] < frequency[a] ? b : a));
      byProperty[rarest].push(definition);
    }
    return byProperty;
  }
}

/** Negative where `a` is the better match. */
function compareMatches(a: MatchableDefinition, b: MatchableDefinition): number {
  return b.size - a.size || a.position - b.position;
}

function isContained(definition: MatchableDefinition, countByProperty: Uint32Array): boolean {
  const { counts, properties } = definition;
  for (let i = 0; i < properties.length; i++) if (countByProperty[properties[i]] < counts[i]) return false;
  return true;
}
