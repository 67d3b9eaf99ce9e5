// Dialogs that are taken out of the page when they close, and kept in a list of those that were open.
const app = document.querySelector('main');

class Dialog {
  constructor(title) {
    this.element = document.createElement('section');
    for (let i = 0; i < 5; i++) {
      const line = document.createElement('p');
      line.textContent = `${title}, line ${i}`;
      this.element.append(line);
    }
  }
  open() {
    app.append(this.element);
  }
  close() {
    this.element.remove();
  }
}

class Dialogs {
  opened = [];
  show(title) {
    const dialog = new Dialog(title);
    this.opened.push(dialog);
    dialog.open();
    dialog.close();
  }
}

const dialogs = new Dialogs();

export function round(n) {
  for (let i = 0; i < 40; i++) dialogs.show(`dialog ${n}-${i}`);
}
