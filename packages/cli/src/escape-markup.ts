import { safeText } from './safe-text.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML and XML, between tags and in quoted attributes; what could disguise a line is spelled out, lines stay. */
export function escapeMarkup(text: string): string {
  return text
    .split('\n')
    .map((line) => safeText(line).replace(/[&<>"']/g, (character) => ENTITIES[character]))
    .join('\n');
}
