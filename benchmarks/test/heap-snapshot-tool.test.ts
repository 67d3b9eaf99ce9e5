import { expect, it } from 'vitest';
import { readSummary } from '../src/engines/heap-snapshot-tool.js';

const PRINTED = `Constructor                                        Distance     Shallow Size      Retained Size
──────────────────────────────────────────────────────────────────────────────────────────────
▶ Array  ×117,472                                         2      3.6 MB   3%       87.3 MB  20%
▶ SymbolObject [script_id=150:L152015:14]  ×52,061        7      6.8 MB   5%       14.4 MB   3%
▶ {path, text}  ×884                                      2       35 kB   0%         144 B   3%
▶ system / Odd  ×2                                        U        24 B   0%          24 B   0%
──────────────────────────────────────────────────────────────────────────────────────────────
Total (22107 constructors)                                     129.3 MB 100%      427.4 MB 100%
`;

it('reads the rows that it prints, sizes as precise as they are', () => {
  const { classes, totalSize, totalSizePrecision } = readSummary(PRINTED);
  expect(classes).toEqual([
    { name: 'Array', count: 117_472, retainedSize: 87.3 * 2 ** 20, precision: expect.any(Number) },
    {
      name: 'SymbolObject',
      location: '150,152014,13',
      count: 52_061,
      retainedSize: 14.4 * 2 ** 20,
      precision: expect.any(Number),
    },
    { name: '{path, text}', count: 884, retainedSize: 144, precision: 0 },
    { name: 'system / Odd', count: 2, retainedSize: 24, precision: 0 },
  ]);
  expect(totalSize).toBe(129.3 * 2 ** 20);
  expect(totalSizePrecision).toBeCloseTo(0.051 * 2 ** 20, 0);
});
