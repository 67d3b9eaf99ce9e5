// A cache that lets go of what nobody else holds, and of its entries when that is gone.
class Image {
  constructor(name) {
    this.name = name;
    this.pixels = Array.from({ length: 20 }, (_, i) => ({ i, name }));
  }
}

class WeakCache {
  refs = new Map();
  registry = new FinalizationRegistry((name) => {
    if (this.refs.get(name)?.deref() === undefined) this.refs.delete(name);
  });
  get(name) {
    let image = this.refs.get(name)?.deref();
    if (image === undefined) {
      image = new Image(name);
      this.refs.set(name, new WeakRef(image));
      this.registry.register(image, name);
    }
    return image;
  }
}

const cache = new WeakCache();

export function round(n) {
  let sum = 0;
  for (let i = 0; i < 200; i++) sum += cache.get(`image ${n}-${i}`).pixels.length;
  return sum;
}
