// The value held for the finalizer leads back to the object, which is therefore never collected.
class Handle {
  constructor(number) {
    this.number = number;
    this.table = Array.from({ length: 10 }, (_, i) => ({ i, number }));
  }
  close() {
    this.number = -1;
  }
}

const registry = new FinalizationRegistry((record) => record.handle.close());

function open(number) {
  const handle = new Handle(number);
  registry.register(handle, { handle, number });
  return handle;
}

export function round(n) {
  let sum = 0;
  for (let i = 0; i < 60; i++) sum += open(n * 60 + i).number;
  return sum;
}
