// Widgets that listen to the window, and go on doing so when they were removed.
const app = document.querySelector('main');

class Widget {
  constructor(name) {
    this.name = name;
    this.element = document.createElement('div');
    this.element.innerHTML = `<span>${name}</span>`;
    window.addEventListener('resize', () => this.layout());
  }
  layout() {
    this.element.textContent = this.name;
  }
}

export function round(n) {
  for (let i = 0; i < 40; i++) {
    const widget = new Widget(`widget ${n}-${i}`);
    app.append(widget.element);
    widget.element.remove();
  }
}
