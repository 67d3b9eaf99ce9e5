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
  static catch
  AbortController Array AsyncLocalStorage AsyncResource Blob Date Error EventEmitter EventTarget FinalizationRegistry
  Function JSON Map Math Object Promise Set String URL Uint8Array WeakMap Worker Writable
  _write abort add addEventListener address agent all append async_hooks at bind cause charCodeAt children clear close connect
  createContext createElement createObjectURL createServer createTextNode delete document emit end eval floor
  fromCharCode from get getStore has http innerHTML join keys length listen listening main map method net next node
  host on once padEnd path pop port prototype push querySelector race register remove removeEventListener replaceChildren
  resolve response resume run runInContext set setInterval setMaxListeners setTimeout shift signal size slice split
  stream stringify textContent then toLowerCase unref value valueOf values vm window writable write create`.split(
    /\s+/,
  ),
);
