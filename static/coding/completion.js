// A field that is completed while one types: what is at hand at once, then what the site finds.

import { isComposing } from "./keys.js";

const PATIENCE = 150; // milliseconds after a key before the site is asked

// As the server folds names, but with Hangul in its letters, so that half a syllable finds the whole.
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

export class Completion {
  // `offers(words)` gives groups at hand, `ask(words, signal)` a promise of more, `last(words)` what stands behind them;
  // groups are {name, options}, options {id, label, detail}. What is new is pointed at only where nothing else fits.
  // `chosen` is told of the option, or of null where the words name none any more.
  constructor(input, { offers, ask, chosen, words, last = () => [] }) {
    Object.assign(this, { input, offers, ask, chosen, words, last, option: null, place: -1, found: [] });
    this.list = document.createElement("div");
    this.list.id = `${input.id}-offered`;
    this.list.className = "coding-offered";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0].textContent.trim());
    input.after(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" })) {
      input.setAttribute(name, value);
    }
    this.#listen();
  }

  // Without telling anybody.
  set(option) {
    this.option = option;
    this.input.value = option?.label ?? "";
    this.close();
  }

  #listen() {
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("focus", () => this.#openIfEmpty());
    this.input.addEventListener("click", () => this.#openIfEmpty());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the field
    this.list.addEventListener("click", (event) => {
      const chosen = event.target.closest("[role=option]");
      if (chosen) this.#choose(Number(chosen.dataset.place));
    });
  }

  #openIfEmpty() {
    if (!this.input.value && this.list.hidden) this.open();
  }

  #typed() {
    if (this.option) {
      this.option = null;
      this.chosen(null);
    }
    this.open();
  }

  open() {
    const typed = this.input.value.trim();
    this.isPointed = false;
    this.#show([...this.offers(typed), ...this.last(typed)], { points: Boolean(typed) });
    clearTimeout(this.waiting);
    this.asking?.abort();
    if (typed && this.ask) this.waiting = setTimeout(() => this.#askFor(typed), PATIENCE);
  }

  async #askFor(typed) {
    this.asking = new AbortController();
    const more = await this.ask(typed, this.asking.signal);
    if (more && this.input.value.trim() === typed && document.activeElement === this.input) {
      this.#show([...this.offers(typed), ...more, ...this.last(typed)], { points: true, isWhole: true });
    }
  }

  #show(groups, { points, isWhole = false }) {
    const held = this.isPointed ? this.found[this.place] : null;
    this.found = [];
    const seen = new Set();
    const shown = groups.map(({ name, options }) => ({ name, options: options.filter(({ id }) => !seen.has(id) && seen.add(id)) }));
    this.list.replaceChildren(...shown.filter(({ options }) => options.length).map((group, at) => this.#groupOf(group, at)));
    if (!this.found.length) this.list.append(this.#nothing());
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    const first = this.found.findIndex(({ isNew }) => !isNew);
    const kept = held ? this.found.findIndex(({ id }) => id === held.id) : -1;
    if (kept >= 0) this.#point(kept);
    else if (points) this.#point(first < 0 && isWhole ? this.found.length - 1 : first);
    else this.#point(-1);
  }

  #groupOf({ name, options }, at) {
    const group = element("div", { role: "group" });
    if (name) {
      const heading = element("div", { class: "coding-offered-of", id: `${this.list.id}-of-${at}`, role: "presentation" }, name);
      group.setAttribute("aria-labelledby", heading.id);
      group.append(heading);
    }
    group.append(...options.map((option) => this.#optionOf(option)));
    return group;
  }

  #optionOf(option) {
    const place = this.found.push(option) - 1;
    const line = element("div", { role: "option", id: `${this.list.id}-${place}`, "data-place": place, "aria-selected": "false" });
    line.append(element("span", { class: "label" }, option.label));
    if (option.detail) line.append(" ", element("span", { class: "detail" }, option.detail));
    return line;
  }

  #nothing() {
    return element("div", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "none" }, this.words.no_offers);
  }

  close() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.list.hidden = true;
    this.place = -1;
    this.found = [];
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #point(place) {
    this.place = place;
    for (const line of this.list.querySelectorAll("[data-place]")) {
      const isHere = Number(line.dataset.place) === place;
      line.setAttribute("aria-selected", String(isHere));
      if (!isHere) continue;
      this.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    }
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
  }

  #choose(place) {
    const option = this.found[place];
    if (!option) return;
    this.set(option.shown ? { ...option, label: option.shown } : option);
    this.chosen(option);
  }

  #onKey(event) {
    if (isComposing(event)) return; // the key belongs to the input method
    const isOpen = !this.list.hidden;
    const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (isArrow && !event.altKey) {
      event.preventDefault();
      if (isOpen) this.#move(event.key === "ArrowDown" ? 1 : -1);
      else this.open();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation(); // one step back: the form stays
      this.close();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault(); // in this field it never sends the form
      if (isOpen) this.#choose(this.place);
    } else if (event.key === "Tab" && isOpen && this.place >= 0 && this.input.value.trim()) {
      this.#choose(this.place);
    }
  }

  #move(step) {
    const { length } = this.found;
    this.isPointed = true;
    if (length) this.#point((this.place + step + (this.place < 0 && step < 0 ? length + 1 : length)) % length);
  }
}

export function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}
