import { addExtension, Packr } from 'msgpackr/pack';
import { ILL_FORMED_TEXT } from './unpack-values.js';

/** See {@link ILL_FORMED_TEXT}. */
class IllFormedText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

addExtension({
  // replaces what reading has registered
  ...ILL_FORMED_TEXT,
  Class: IllFormedText,
  pack: ({ text }: IllFormedText) => Buffer.from(text, 'utf16le'),
});

/** Plain maps and no records: other readers of MessagePack know these. */
const packer = new Packr({ useRecords: false, variableMapSize: true });

/** Plain values (no `undefined`) as MessagePack; every string comes back from `unpackValues` as it was. */
export function packValues(values: unknown): Uint8Array {
  return Uint8Array.from(packer.pack(withoutIllFormedText(values)));
}

function withoutIllFormedText(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : new IllFormedText(value);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(withoutIllFormedText);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutIllFormedText(item)]));
}
