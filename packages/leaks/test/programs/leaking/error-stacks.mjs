// Failures that are kept for a report nobody reads, with the stacks of their errors and what these point to.
class Order {
  constructor(id) {
    this.id = id;
    this.lines = Array.from({ length: 8 }, (_, i) => ({ i, id }));
  }
  check() {
    throw new Error(`order ${this.id} has no address`, { cause: this });
  }
}

const report = { failures: [] };

function handle(id) {
  try {
    new Order(id).check();
  } catch (error) {
    report.failures.push(error);
  }
}

export function round(n) {
  for (let i = 0; i < 60; i++) handle(`${n}-${i}`);
}
