import { addExtension, Unpackr } from 'msgpackr/unpack';
import { ILL_FORMED_TEXT } from './index-format.js';

addExtension({
  type: ILL_FORMED_TEXT,
  unpack: (bytes: Uint8Array) => Buffer.from(bytes).toString('utf16le'),
});

const unpacker = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

/** What `packValues` made; throws where the bytes are no MessagePack. */
export function unpackValues(bytes: Uint8Array): unknown {
  return unpacker.unpack(bytes);
}
