import { addExtension, Packr } from 'msgpackr/pack';

/** Text that UTF-8 cannot hold, because it has lone surrogates: UTF-16 units, little-endian, as extension type 1. */
class IllFormedText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

addExtension({
  Class: IllFormedText,
  type: 1,
  pack: ({ text }: IllFormedText) => Buffer.from(text, 'utf16le'),
  unpack: (bytes: Uint8Array) => Buffer.from(bytes).toString('utf16le'),
});

/** Plain maps and no records: other readers of MessagePack know these. */
const packer = new Packr({
  useRecords: false,
  variableMapSize: true,
  mapsAsObjects: true,
  int64AsType: 'number',
});

/** Plain values (no `undefined`) as MessagePack; every string comes back as it was. */
export function packValues(values: unknown): Uint8Array {
  return Uint8Array.from(packer.pack(withoutIllFormedText(values)));
}

/** Throws where the bytes are no MessagePack. */
export function unpackValues(bytes: Uint8Array): unknown {
  return packer.unpack(bytes);
}

function withoutIllFormedText(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : new IllFormedText(value);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(withoutIllFormedText);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutIllFormedText(item)]));
}
