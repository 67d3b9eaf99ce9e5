import type { InterfaceDefinition } from '@heapstream/core';

export interface IntegerRules {
  readonly length?: number;
  /** Every value is below this. */
  readonly below?: number;
  readonly orNull?: boolean;
}

/** Reads fields of unpacked data that may hold anything; `problem` makes the error to throw. */
export class DigestReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #makeError: (problem: string) => Error;

  constructor(content: unknown, makeError: (problem: string) => Error) {
    this.#makeError = makeError;
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      throw makeError(`expected the fields of a digest, got ${describe(content)}`);
    }
    this.#fields = content as Record<string, unknown>;
  }

  problem(field: string, expected: string, actual: string): Error {
    return this.#makeError(`${field}: expected ${expected}, got ${actual}`);
  }

  isNull(field: string): boolean {
    return this.#value(field) === null;
  }

  inner(field: string): DigestReader {
    return new DigestReader(this.#value(field), (problem) => this.#makeError(`${field}: ${problem}`));
  }

  flag(field: string): boolean {
    const value = this.#value(field);
    if (typeof value !== 'boolean') throw this.problem(field, 'true or false', describe(value));
    return value;
  }

  integer(field: string): number {
    const value = this.#value(field);
    if (!isCount(value)) throw this.problem(field, 'a whole number, 0 or more', describe(value));
    return value;
  }

  /** Bytes: a whole number. */
  size(field: string): number {
    return this.integer(field);
  }

  texts(field: string): string[] {
    return this.#array(field, 'a text', (value): value is string => typeof value === 'string');
  }

  integers(
    field: string,
    { below = Number.POSITIVE_INFINITY, length, orNull }: IntegerRules,
  ): (number | null)[] {
    const values = this.#array(
      field,
      below === Number.POSITIVE_INFINITY ? 'a whole number, 0 or more' : `a whole number below ${below}`,
      (value): value is number | null =>
        (orNull === true && value === null) || (isCount(value) && value < below),
    );
    this.#checkLength(field, values, length);
    return values;
  }

  /** Lists of whole numbers below a bound. */
  lists(field: string, below: number): number[][] {
    return this.#array(
      field,
      `a list of whole numbers below ${below}`,
      (value): value is number[] =>
        Array.isArray(value) && value.every((entry) => isCount(entry) && entry < below),
    );
  }

  /** Lists of numbers, or null. */
  rows(field: string, length: number): (number[] | null)[] {
    const values = this.#array(
      field,
      'a list of numbers or null',
      (value): value is number[] | null =>
        value === null || (Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry))),
    );
    this.#checkLength(field, values, length);
    return values;
  }

  /** Positions of entries above, or -1; each before its own. */
  parents(field: string, length: number): number[] {
    const values = this.#array(
      field,
      'the position of an earlier entry or -1',
      (value, position): value is number =>
        Number.isInteger(value) && (value as number) >= -1 && (value as number) < position,
    );
    this.#checkLength(field, values, length);
    return values;
  }

  interfaces(field: string): InterfaceDefinition[] {
    return this.#array(
      field,
      'a name and a list of properties',
      (value): value is InterfaceDefinition =>
        typeof value === 'object' &&
        value !== null &&
        typeof (value as InterfaceDefinition).name === 'string' &&
        Array.isArray((value as InterfaceDefinition).properties) &&
        (value as InterfaceDefinition).properties.every((name) => typeof name === 'string'),
    );
  }

  #array<T>(
    field: string,
    expected: string,
    isEntry: (value: unknown, position: number) => value is T & unknown,
  ): T[] {
    const value = this.#value(field);
    if (!Array.isArray(value)) throw this.problem(field, 'a list', describe(value));
    for (let position = 0; position < value.length; position++) {
      if (!isEntry(value[position], position)) {
        throw this.problem(`${field}[${position}]`, expected, describe(value[position]));
      }
    }
    return value as T[];
  }

  #checkLength(field: string, values: readonly unknown[], length: number | undefined): void {
    if (length !== undefined && values.length !== length) {
      throw this.problem(field, `${length} entries`, String(values.length));
    }
  }

  #value(field: string): unknown {
    if (!Object.hasOwn(this.#fields, field)) throw this.#makeError(`the field '${field}' is missing`);
    return this.#fields[field];
  }
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 40);
}
