// JSON's white space.
// @ts-ignore: decorator
@inline
export function isWhiteSpace(byte: u8): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}
