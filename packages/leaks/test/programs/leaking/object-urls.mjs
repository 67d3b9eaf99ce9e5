// Previews by the URL of their blob, which nobody revokes or takes out.
class Preview {
  constructor(title) {
    this.title = title;
    this.pixels = Array.from({ length: 16 }, (_, i) => ({ i, title }));
  }
}

class Gallery {
  previews = new Map();
  show(title) {
    const url = URL.createObjectURL(new Blob([title]));
    this.previews.set(url, new Preview(title));
    return url;
  }
}

const gallery = new Gallery();

export function round(n) {
  let length = 0;
  for (let i = 0; i < 40; i++) length += gallery.show(`image ${n}-${i}`).length;
  return length;
}
