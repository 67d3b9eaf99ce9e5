import { InvalidArgumentError } from 'commander';

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `30s`, `500ms`, `5m`, `1h`, `30` (seconds): milliseconds. For an option of commander's. */
export function parseDuration(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim()) ?? [];
  if (number === undefined) throw new InvalidArgumentError('Expected a duration such as 30s or 5m.');
  return Number(number) * MILLISECONDS[unit];
}
