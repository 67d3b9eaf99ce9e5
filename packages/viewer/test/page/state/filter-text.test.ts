import { expect, test } from 'vitest';
import { filterProblem, filterRequest } from '../../../page/state/filter-text.js';

test('slashes make an expression, with or without case', () => {
  expect(filterRequest('')).toEqual({});
  expect(filterRequest('a/b')).toEqual({ filter: 'a/b' });
  expect(filterRequest('/a/b/')).toEqual({ filter: 'a/b', mode: 'regex' });
  expect(filterRequest('/a/i')).toEqual({ filter: 'a', mode: 'regex-i' });
  expect(filterRequest('//')).toEqual({ filter: '//' });
});

test('a broken expression is told apart from text', () => {
  expect(filterProblem('(')).toBeNull();
  expect(filterProblem('/(a)/')).toBeNull();
  expect(filterProblem('/(/')).toContain('Unterminated group');
});
