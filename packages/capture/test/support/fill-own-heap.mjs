// fill-own-heap <written> <directory>: leaks until V8 has written a snapshot, and prints what became of it.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { captureNearLimit } from '@heapstream/capture';

class Leak {
  constructor(i) {
    // large and a single object: quick to write
    this.values = new Array(120).fill(i + 0.5);
  }
}
const [written, directory] = process.argv.slice(2);
const saved = [];
const errors = [];
const watch = await captureNearLimit({
  directory,
  onCapture: (snapshot) => saved.push(snapshot),
  onError: (error) => errors.push(error.message),
});
let leaks = [];
while (saved.length + errors.length === 0) {
  if (readdirSync(written).length > 0) leaks = [];
  else for (let i = 0; i < 500; i++) leaks.push(new Leak(i));
  await sleep(5);
}
console.log(JSON.stringify({ saved, errors }));
await watch.stop();
