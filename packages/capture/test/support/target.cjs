// A small service to capture: says "ready", answers "ping" with "pong", and grows by a few objects on "grow".
const { execFileSync } = require('node:child_process');
const { Worker } = require('node:worker_threads');

class HeldItem {
  constructor(position) {
    this.position = position;
    this.text = `held item ${position}`;
  }
}
globalThis.held = Array.from({ length: 100 }, (_, i) => new HeldItem(i));

if (process.argv.includes('worker')) {
  const program = `
    class WorkerItem {}
    globalThis.held = Array.from({ length: 50 }, () => new WorkerItem());
    const { parentPort } = require('node:worker_threads');
    parentPort.on('message', () => {});
    parentPort.postMessage('ready');`;
  globalThis.worker = new Worker(program, { eval: true, name: 'counting worker' });
}
if (process.argv.includes('large')) globalThis.more = Array.from({ length: 100_000 }, (_, i) => ({ i }));
if (process.argv.includes('caught')) process.on('SIGUSR2', () => {});

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  for (const line of text.trim().split('\n')) {
    if (line === 'grow') for (let i = 0; i < 10; i++) globalThis.held.push(new HeldItem(i));
    if (line.startsWith('block')) {
      process.stdout.write('blocked\n');
      // not a loop: the inspector may interrupt that
      execFileSync('sleep', [String(Number(line.slice(6)) / 1000)]);
    }
    process.stdout.write('pong\n');
  }
});
const sayReady = () => process.stdout.write('ready\n');
if (globalThis.worker) globalThis.worker.once('message', sayReady);
else sayReady();
