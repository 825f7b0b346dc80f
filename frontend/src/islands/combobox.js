// A drop-down one can type into: the editable combobox with list of the WAI-ARIA practices, laid over a <select> that stays what is sent.
//   <select id="f-crop" data-island="combobox" data-none="Nothing found" data-found="% found">
const MOST = 50;
const folded = (text) => text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '');
const made = (tag, properties) => Object.assign(document.createElement(tag), properties);

export default function combobox(select) {
  const { id } = select;
  select.id = `${id}-sent`;
  select.hidden = true;
  const list = made('ul', { id: `${id}-list`, className: 'app-combobox__list', hidden: true });
  const input = made('input', { id, type: 'text', autocomplete: 'off', spellcheck: false, className: 'govuk-input' });
  const status = made('p', { className: 'govuk-visually-hidden' });
  status.setAttribute('role', 'status');
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent.trim() ?? '');
  const said = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id };
  if (select.getAttribute('aria-describedby')) said['aria-describedby'] = select.getAttribute('aria-describedby');
  for (const [name, value] of Object.entries(said)) input.setAttribute(name, value);
  const box = made('div', { className: 'app-combobox' });
  select.after(box);
  box.append(input, list, status);
  new Combobox(select, input, list, status).start();
}

class Combobox {
  constructor(select, input, list, status) {
    Object.assign(this, { select, input, list, status, at: -1 });
    this.options = [...select.options].filter((one) => one.value).map((one) => ({ value: one.value, text: one.text, key: folded(`${one.text} ${one.value}`) }));
  }

  start() {
    this.show();
    this.input.addEventListener('input', (event) => { event.stopPropagation(); this.open(this.found(this.input.value)); });
    this.input.addEventListener('keydown', (event) => this.press(event));
    this.input.addEventListener('click', () => (this.list.hidden ? this.open(this.options) : this.close()));
    this.input.addEventListener('blur', () => this.leave());
    this.list.addEventListener('mousedown', (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener('click', (event) => this.choose(event.target.closest('[role=option]')?.dataset.value));
    this.select.form?.addEventListener('input', (event) => event.target === this.select.form && this.show()); // brought back from a draft
  }

  show() {
    this.input.value = this.select.value ? this.select.selectedOptions[0].text : '';
  }

  found(typed) {
    const words = folded(typed).split(/\s+/).filter(Boolean);
    return this.options.filter((one) => words.every((word) => one.key.includes(word)));
  }

  open(found) {
    this.list.replaceChildren(...found.slice(0, MOST).map((one, number) => {
      const item = made('li', { id: `${this.list.id}-${number}`, className: 'app-combobox__option', textContent: one.text });
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', 'false');
      item.dataset.value = one.value;
      return item;
    }));
    this.at = -1;
    this.input.removeAttribute('aria-activedescendant');
    this.list.hidden = !found.length;
    this.input.setAttribute('aria-expanded', String(Boolean(found.length)));
    this.status.textContent = found.length ? this.select.dataset.found.replace('%', found.length) : this.select.dataset.none;
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    this.at = -1;
  }

  press(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (this.list.hidden) this.open(this.input.value === this.select.selectedOptions[0]?.text ? this.options : this.found(this.input.value));
      this.move(steps[event.key]);
    } else if (event.key === 'Enter' && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.list.children[Math.max(this.at, 0)]?.dataset.value);
    } else if (event.key === 'Escape') {
      if (this.list.hidden) this.choose('');
      else this.close();
    }
  }

  move(step) {
    const items = [...this.list.children];
    if (!items.length) return;
    this.at = (this.at + step + items.length + (this.at < 0 && step < 0 ? 1 : 0)) % items.length;
    items.forEach((item, number) => item.setAttribute('aria-selected', String(number === this.at)));
    items[this.at].scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', items[this.at].id);
  }

  choose(value) {
    if (value === undefined) return;
    this.select.value = value;
    this.show();
    this.close();
    this.select.dispatchEvent(new Event('change', { bubbles: true }));
  }

  // What was typed counts when it can mean one entry only; else the last choice stands.
  leave() {
    const typed = this.input.value.trim();
    const exact = this.options.find((one) => folded(one.text) === folded(typed));
    const found = typed ? this.found(typed) : [];
    if (!typed || exact || found.length === 1) this.choose(typed ? (exact ?? found[0]).value : '');
    else this.show();
    this.close();
  }
}
