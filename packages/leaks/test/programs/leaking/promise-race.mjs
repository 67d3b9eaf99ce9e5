// A promise that is settled when the program ends, and raced against for every piece of work.
let stop;
const stopped = new Promise((resolve) => {
  stop = resolve;
});

class Job {
  constructor(id) {
    this.id = id;
    this.input = Array.from({ length: 10 }, (_, i) => ({ i, id }));
  }
  async run() {
    await null;
    return this;
  }
}

async function perform(id) {
  const result = await Promise.race([stopped, new Job(id).run()]);
  return result.id;
}

export async function round(n) {
  for (let i = 0; i < 50; i++) await perform(`${n}-${i}`);
  return typeof stop;
}
