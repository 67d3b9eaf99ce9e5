// fill-own-heap <directory>: leaks until V8 has written a snapshot, and prints what became of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { captureNearLimit } from '@heapstream/capture';

class Leak {
  constructor(i) {
    this.text = [i, `leak ${i}`];
  }
}
const [directory] = process.argv.slice(2);
const saved = [];
const errors = [];
const watch = await captureNearLimit({
  directory,
  onCapture: (snapshot) => saved.push(snapshot),
  onError: (error) => errors.push(error.message),
});
const leaks = [];
while (saved.length + errors.length === 0) {
  // V8 raises the limit a little after the snapshot: do not spend it
  if (leaks.length < 300_000) for (let i = 0; i < 500; i++) leaks.push(new Leak(i));
  await sleep(5);
}
console.log(JSON.stringify({ saved, errors }));
await watch.stop();
