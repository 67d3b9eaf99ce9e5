import { InvalidArgumentError } from 'commander';

/** Bytes of a unit, by its first letter: decimal ones, as they are printed, and binary ones with an `i`. */
const POWER_BY_PREFIX: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 };

/** `512k`, `1MB`, `1.5 GB`, `64KiB`, `100`: bytes. For an option of commander's. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(?:([kmgt])(i?))?b?$/i.exec(text.trim());
  if (match === null) throw new InvalidArgumentError('Expected a size such as 512k, 1MB or 1.5GB.');
  const [, number, prefix, binary] = match;
  const power = prefix === undefined ? 0 : POWER_BY_PREFIX[prefix.toLowerCase()];
  return Math.round(Number(number) * (binary ? 1024 : 1000) ** power);
}
