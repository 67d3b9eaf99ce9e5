import { OrdinalSet } from '../graph/ordinal-set.js';
import type { StringTable } from '../graph/string-table.js';
import { addressOf, STRIDE } from '../kernel/call-ranges.js';
import { type ClassifyScratch, type ClassKernelExports, startGroups, TEXT_BYTES } from './class-kernel.js';
import { groupByText, haveEqualBytes, storedLengthOf } from './property-name.js';

/**
 * Finds the facts about all strings of `scratch.propertyNames`, as `PropertyNames` has them. The kernel sees the bytes of
 * strings that lie together; where two have the same hash, and of what it does not print as it is, text is read here.
 */
export function learnPropertyNames(
  strings: StringTable,
  kernel: ClassKernelExports,
  scratch: ClassifyScratch,
): void {
  const { canonicalByString, lengthByString, propertyNames, rows, text } = scratch;
  const [starts, twins, firstTwins, unusual] = [0, 1, 2, 3].map((column) =>
    rows.subarray(column * STRIDE, (column + 1) * STRIDE),
  );
  const named = new OrdinalSet(strings.count, propertyNames);
  // hashes that two texts share, and texts too long for the kernel
  const others = groupByText(strings);
  const learn = (name: number, hash: number): void => {
    canonicalByString[name] = others.firstOf(others.groupOf(name, hash));
    lengthByString[name] = storedLengthOf(strings.get(name));
  };

  startGroups(kernel, scratch);
  kernel.startNames(...([twins, firstTwins, unusual].map(addressOf) as [number, number, number]));
  const addresses = [propertyNames, text, starts, lengthByString, canonicalByString].map(addressOf) as [
    number,
    number,
    number,
    number,
    number,
  ];
  for (let first = 0; first < strings.count; ) {
    // one start more than strings
    const end = strings.endOfRun(first, TEXT_BYTES, STRIDE - 1);
    if (end === first) {
      if (named.has(first)) learn(first, strings.byteLengthOf(first));
      first++;
      continue;
    }
    strings.copyStarts(first, end, starts);
    text.set(strings.bytesBetween(first, end));
    kernel.learnNames(first, end, ...addresses);
    for (let twin = 0; twin < kernel.twinsFound(); twin++) {
      const [name, earlier] = [twins[twin], firstTwins[twin]];
      if (haveEqualBytes(strings.bytesOf(name), strings.bytesOf(earlier))) canonicalByString[name] = earlier;
      else learn(name, earlier);
    }
    for (let index = 0; index < kernel.unusualFound(); index++) {
      lengthByString[unusual[index]] = storedLengthOf(strings.get(unusual[index]));
    }
    first = end;
  }
}
