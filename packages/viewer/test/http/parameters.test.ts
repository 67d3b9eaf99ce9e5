import { describe, expect, test } from 'vitest';
import { Parameters } from '../../src/http/parameters.js';

const read = (search: string): Parameters => new Parameters(new URLSearchParams(search));

describe('Parameters', () => {
  test('integers are decimal digits in range', () => {
    expect(read('a=0').integer('a')).toBe(0);
    expect(read('a=9007199254740991').integer('a')).toBe(Number.MAX_SAFE_INTEGER);
    expect(read('').optionalInteger('a')).toBeUndefined();
    for (const text of [
      '',
      'NaN',
      '1.5',
      '1e3',
      '0x10',
      '-1',
      '+1',
      ' 1',
      '1 ',
      '9007199254740993',
      'Infinity',
      '[]',
    ]) {
      expect(() => read(`a=${encodeURIComponent(text)}`).integer('a'), text).toThrow(
        /^a: expected an integer from 0 to/,
      );
    }
    expect(() => read('a=11').integer('a', { min: 1, max: 10 })).toThrow(
      'a: expected an integer from 1 to 10',
    );
    expect(() => read('').integer('a')).toThrow('a: is missing');
  });

  test('numbers are not negative and finite', () => {
    expect(read('a=0.25').optionalNumber('a', 1)).toBe(0.25);
    expect(read('a=1e-7').optionalNumber('a', 1)).toBe(1e-7);
    expect(read(`a=${0.0000001}`).optionalNumber('a', 1)).toBe(1e-7);
    expect(read('').optionalNumber('a', 1)).toBeUndefined();
    for (const text of ['', 'NaN', '-0.1', '1.1', '1e400', 'Infinity', '.5', '1e99']) {
      expect(() => read(`a=${text}`).optionalNumber('a', 1), text).toThrow(
        'a: expected a number from 0 to 1',
      );
    }
  });

  test('choices, flags and texts are checked', () => {
    expect(read('a=x').choice('a', ['x', 'y'], 'y')).toBe('x');
    expect(read('').choice('a', ['x', 'y'], 'y')).toBe('y');
    expect(() => read('a=__proto__').choice('a', ['x', 'y'], 'y')).toThrow('a: expected one of x, y');
    expect([read('a=true'), read('a=1'), read('a=false'), read('')].map((of) => of.flag('a'))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(() => read('a=yes').flag('a')).toThrow('a: expected one of');
    expect(read('').text('a', 3)).toBe('');
    expect(() => read('a=four').text('a', 3)).toThrow('a: expected 3 characters at most, got 4');
  });
});
