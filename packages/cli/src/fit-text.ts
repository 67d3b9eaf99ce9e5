import stringWidth from 'string-width';

const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter();

/** Cuts `text` to at most `width` terminal columns; `…` marks the end that was cut. */
export function fitText(text: string, width: number, cut: 'start' | 'end'): string {
  if (stringWidth(text) <= width) return text;
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  if (cut === 'start') characters.reverse();
  const kept: string[] = [];
  let left = width - stringWidth(ELLIPSIS);
  for (const character of characters) {
    left -= stringWidth(character);
    if (left < 0) break;
    kept.push(character);
  }
  kept.push(ELLIPSIS);
  if (cut === 'start') kept.reverse();
  return kept.join('');
}
