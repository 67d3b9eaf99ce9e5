import type { FilterMode } from '../api/index.js';
import type { Parameters } from '../http/parameters.js';
import { badParameter } from '../http/request-error.js';

/** What names must have: text in any case, or an expression. */
export interface TextFilter {
  readonly query: string | RegExp;
  /** Tells it from other filters. */
  readonly key: string;
  /** The parameter that it came in, for errors. */
  readonly parameter: string;
}

/** UTF-16 units. */
const MAX_LENGTH = 1000;
const MODES: readonly FilterMode[] = ['text', 'regex', 'regex-i'];

/** `null` where the parameter is empty or left out. */
export function readTextFilter(parameters: Parameters, parameter = 'filter'): TextFilter | null {
  const text = parameters.text(parameter, MAX_LENGTH);
  const mode = parameters.choice('mode', MODES, 'text');
  if (text === '') return null;
  const key = `${mode}:${text}`;
  return { query: mode === 'text' ? text : expressionOf(text, mode, parameter), key, parameter };
}

function expressionOf(source: string, mode: FilterMode, parameter: string): RegExp {
  try {
    return new RegExp(source, mode === 'regex-i' ? 'i' : '');
  } catch (error) {
    throw badParameter(parameter, error instanceof Error ? error.message : String(error));
  }
}
