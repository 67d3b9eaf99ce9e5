import { badParameter } from './request-error.js';

interface IntegerRange {
  readonly min?: number;
  readonly max?: number;
}

const INTEGER = /^-?\d{1,16}$/;
const NUMBER = /^\d{1,16}(\.\d{1,20})?$|^\d(\.\d{1,20})?e-?\d{1,3}$/;

/** The parameters of a request, each checked when it is read. What is wrong throws a `RequestError` that names it. */
export class Parameters {
  readonly #search: URLSearchParams;

  constructor(search: URLSearchParams) {
    this.#search = search;
  }

  has(name: string): boolean {
    return this.#search.has(name);
  }

  integer(name: string, range: IntegerRange = {}): number {
    const value = this.optionalInteger(name, range);
    if (value === undefined) throw badParameter(name, 'is missing');
    return value;
  }

  optionalInteger(
    name: string,
    { min = 0, max = Number.MAX_SAFE_INTEGER }: IntegerRange = {},
  ): number | undefined {
    const text = this.#search.get(name);
    if (text === null) return undefined;
    const value = INTEGER.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      throw badParameter(name, `expected an integer from ${min} to ${max}`);
    }
    return value;
  }

  /** Not negative. */
  optionalNumber(name: string, max: number): number | undefined {
    const text = this.#search.get(name);
    if (text === null) return undefined;
    const value = NUMBER.test(text) ? Number(text) : Number.NaN;
    if (!(value <= max)) throw badParameter(name, `expected a number from 0 to ${max}`);
    return value;
  }

  text(name: string, maxLength: number): string {
    const text = this.#search.get(name) ?? '';
    if (text.length > maxLength) {
      throw badParameter(name, `expected ${maxLength} characters at most, got ${text.length}`);
    }
    return text;
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    return this.optionalChoice(name, choices) ?? fallback;
  }

  optionalChoice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.#search.get(name);
    if (text === null) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw badParameter(name, `expected one of ${choices.join(', ')}`);
    return found;
  }

  flag(name: string): boolean {
    const text = this.choice(name, ['true', 'false', '1', '0'], 'false');
    return text === 'true' || text === '1';
  }
}
