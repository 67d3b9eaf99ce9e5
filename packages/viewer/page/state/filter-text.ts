import type { FilterRequest } from '../../src/api/index.js';

const EXPRESSION = /^\/(.+)\/(i?)$/s;

/** What somebody typed, as the server takes it: `/…/` and `/…/i` are expressions, all else is text. */
export function filterRequest(typed: string): FilterRequest {
  if (typed === '') return {};
  const match = EXPRESSION.exec(typed);
  if (match === null) return { filter: typed };
  return { filter: match[1], mode: match[2] === 'i' ? 'regex-i' : 'regex' };
}

/** Why an expression is none; `null` where all is well. */
export function filterProblem(typed: string): string | null {
  const { filter, mode } = filterRequest(typed);
  if (mode === undefined || filter === undefined) return null;
  try {
    new RegExp(filter, mode === 'regex-i' ? 'iu' : 'u');
    return null;
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^Invalid regular expression: /, '')
      : String(error);
  }
}
