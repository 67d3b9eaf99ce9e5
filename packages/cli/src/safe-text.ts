/** What could steer a terminal or disguise a line: control and format characters, line separators, lone surrogates. */
const UNSAFE_CHARACTER = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Text from a snapshot or a path, on one line and without effect on a terminal: `ESC [ 31m` becomes `\x1b[31m`.
 * For people, not for reading back: a backslash stays as it is.
 */
export function safeText(text: string): string {
  return text.replace(UNSAFE_CHARACTER, escapeCharacter);
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0)!;
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 0)}}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
