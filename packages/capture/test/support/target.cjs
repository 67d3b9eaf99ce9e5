// A small service to capture: says "ready", answers "ping" with "pong", and grows by a few objects on "grow".
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
    require('node:worker_threads').parentPort.on('message', () => {});`;
  globalThis.worker = new Worker(program, { eval: true, name: 'counting worker' });
}
if (process.argv.includes('caught')) process.on('SIGUSR2', () => {});

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  for (const line of text.trim().split('\n')) {
    if (line === 'grow') for (let i = 0; i < 10; i++) globalThis.held.push(new HeldItem(i));
    if (line.startsWith('block')) {
      const end = Date.now() + Number(line.slice(6));
      while (Date.now() < end);
    }
    process.stdout.write('pong\n');
  }
});
setTimeout(() => process.stdout.write('ready\n'), process.argv.includes('worker') ? 300 : 0);
