// Lists that are shown and removed, with their listeners; a template and a few elements for use again are kept.
const app = document.querySelector('main');
const template = document.createElement('template');
template.innerHTML = '<li><b></b> <button>more</button></li>';
const spare = Array.from({ length: 10 }, () => document.createElement('div'));

class List {
  constructor(n) {
    this.element = document.createElement('ul');
    this.onResize = () => this.element.remove();
    window.addEventListener('resize', this.onResize);
    for (let i = 0; i < 60; i++) {
      const item = template.content.cloneNode(true);
      item.querySelector('b').textContent = `item ${n}-${i}`;
      item.querySelector('button').addEventListener('click', () => this.element.remove());
      this.element.append(item);
    }
  }
  close() {
    window.removeEventListener('resize', this.onResize);
    this.element.remove();
  }
}

export function round(n) {
  const list = new List(n);
  app.append(list.element, ...spare);
  list.close();
  for (const element of spare) element.remove();
}
