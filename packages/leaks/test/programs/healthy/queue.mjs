// A queue that is as long at the end of every round as at its start, though it turns over.
class Queue {
  jobs = Array.from({ length: 100 }, (_, i) => ({ i, text: `job ${i}` }));
  turn(n) {
    for (let i = 0; i < 300; i++) {
      this.jobs.push({ i, text: `job ${n}-${i}` });
      this.jobs.shift();
    }
  }
}

const queue = new Queue();

export function round(n) {
  queue.turn(n);
}
