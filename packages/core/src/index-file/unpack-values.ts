import { addExtension, Unpackr } from 'msgpackr/unpack';

/** Text that UTF-8 cannot hold, because it has lone surrogates: UTF-16 units, little-endian, as extension type 1. */
export const ILL_FORMED_TEXT = {
  type: 1,
  unpack: (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf16le'),
};
addExtension(ILL_FORMED_TEXT);

const unpacker = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

/** What `packValues` made; throws where the bytes are no MessagePack. */
export function unpackValues(bytes: Uint8Array): unknown {
  return unpacker.unpack(bytes);
}
