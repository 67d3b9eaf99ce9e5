/**
 * Gives every identifier of a program that is not the language's or the runtime's a random name: variables, functions,
 * classes, properties, private names. Texts and comments stay.
 */
export function renameIdentifiers(source: string, random: () => number): string {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const nameOf = (identifier: string): string => {
    const known = names.get(identifier);
    if (known !== undefined) return known;
    let name: string;
    do name = Array.from({ length: 6 }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
    while (taken.has(name) || KEPT.has(name));
    taken.add(name);
    names.set(identifier, name);
    return name;
  };
  return source.replace(TOKEN, (token, text) => {
    if (text !== undefined) return text.replace(PLACEHOLDER, (part: string) => renameIn(part, nameOf));
    return renameIn(token, nameOf);
  });
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** A text or comment (captured), or an identifier or number. Templates of one level are enough here. */
const TOKEN = /(\/\/.*|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)|[\w$]+/g;
const PLACEHOLDER = /(?<=\$\{)[^}]*/g;
const IDENTIFIER = /(?<![\w$])[A-Za-z_$][\w$]*/g;

function renameIn(text: string, nameOf: (identifier: string) => string): string {
  return text.replace(IDENTIFIER, (identifier) => (KEPT.has(identifier) ? identifier : nameOf(identifier)));
}

/** What the language and the runtime call so. */
const KEPT = new Set(
  `async await break class const constructor continue else export extends false finally for from function get if import
  in let new null of return super this throw true try typeof undefined var void while yield round
  Array Date EventEmitter EventTarget Function Map Math Object Promise Set Uint8Array Worker
  addEventListener all create delete emit eval floor from get keys length next node once on pop push resolve set
  setInterval setMaxListeners setTimeout shift signal size then unref value valueOf has values add`.split(
    /\s+/,
  ),
);
