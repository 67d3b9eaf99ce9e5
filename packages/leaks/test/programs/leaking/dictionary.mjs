// Metrics by request id instead of by route.
class Counter {
  value = 0;
  history = [1, 2, 3];
}

class Metrics {
  counters = Object.create(null);
  count(key) {
    this.counters[key] ??= new Counter();
    this.counters[key].value++;
  }
}

const metrics = new Metrics();

export function round(n) {
  for (let i = 0; i < 120; i++) metrics.count(`request-${n}-${i}`);
}
