/** Text of a snapshot, cut for a line of a table. */
export function shortText(text: string, maxLength = 300): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
}

/** What could disguise a line: control and format characters, line separators, lone surrogates. */
const HIDDEN_CHARACTER = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text of a snapshot with what hides or turns text around made visible. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '↵').replace(HIDDEN_CHARACTER, (character) => {
    if (character === '\n' || character === '\r') return '↵';
    if (character === '\t') return '⇥';
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}
