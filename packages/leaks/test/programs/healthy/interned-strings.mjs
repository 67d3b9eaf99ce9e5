// Texts that become names of properties, of objects that are gone right after.
export function round(n) {
  let count = 0;
  for (let i = 0; i < 2_000; i++) {
    const record = JSON.parse(`{"field_${n}_${i}": ${i}, "other_${i}": "text ${n} ${i}"}`);
    count += Object.keys(record).length;
  }
  return count;
}
