// The positions coded from the source, in order of place, and what is shown of them.

import { element } from "./completion.js";

export const FILTERS = ["speaker", "proposition", "coder", "state"];

export class MarkList {
  constructor({ data, words, filled, startOf }) {
    Object.assign(this, { data, words, filled, startOf });
    this.element = document.querySelector("#marks");
    this.attention = document.querySelector("#attention ol");
    this.filters = document.querySelector("#filters");
    this.marks = new Map(data.marks.map((mark) => [mark.id, mark]));
    this.cards = new Map();
    this.chosen = new Set();
  }

  // Of all, in order of place.
  get ordered() {
    const placed = [...this.marks.values()].map((mark) => ({ mark, at: this.placeOf(mark) }));
    return placed.sort((one, other) => one.at - other.at || (one.mark.id < other.mark.id ? -1 : 1)).map(({ mark }) => mark);
  }

  get visible() {
    return this.ordered.filter((mark) => this.isShown(mark));
  }

  placeOf(mark) {
    return Math.min(...mark.passages.map((passage) => this.startOf(passage)));
  }

  valuesOf(mark) {
    const states = [mark.status, ...(this.needsAttention(mark) ? ["attention"] : []), ...(mark.waiting ? ["waits"] : [])];
    return { speaker: [mark.speaker], proposition: [mark.proposition], coder: [mark.coder], state: states };
  }

  needsAttention(mark) {
    return mark.passages.some(({ state }) => state && state !== "exact");
  }

  isShown(mark) {
    const values = this.valuesOf(mark);
    return FILTERS.every((name) => {
      const wanted = this.filters.elements[name].value;
      return !wanted || values[name].includes(wanted.slice(1));
    });
  }

  drawAll() {
    this.drawFilters();
    this.element.replaceChildren();
    this.attention.replaceChildren();
    for (const mark of this.ordered) this.#homeOf(mark).append(this.#cardOf(mark));
    this.drawShown();
  }

  // One new or changed, the others as they are.
  put(mark) {
    this.marks.set(mark.id, mark);
    const old = this.cards.get(mark.id);
    const card = this.#cardOf(mark);
    old?.remove();
    const { ordered } = this;
    const next = ordered.slice(ordered.findIndex(({ id }) => id === mark.id) + 1).map(({ id }) => this.cards.get(id));
    const home = this.#homeOf(mark);
    home.insertBefore(card, next.find((one) => one?.parentElement === home) ?? null);
    this.drawFilters();
    this.drawShown();
  }

  remove(id) {
    this.cards.get(id)?.remove();
    this.cards.delete(id);
    this.marks.delete(id);
    this.chosen.delete(id);
    this.drawFilters();
    this.drawShown();
  }

  drawShown() {
    const shown = this.visible;
    const ids = new Set(shown.map(({ id }) => id));
    for (const [id, card] of this.cards) card.hidden = !ids.has(id);
    document.querySelector("#shown").textContent = this.filled("shown", { shown: shown.length, total: this.marks.size });
    document.querySelector("#nothing").hidden = this.marks.size > 0;
    document.querySelector("#attention").hidden = !shown.some((mark) => this.needsAttention(mark));
    this.drawSending();
  }

  get drafts() {
    return [...this.marks.values()].filter(({ status }) => status === "draft").map(({ id }) => id);
  }

  drawSending() {
    const button = document.querySelector("[data-act=send]");
    if (!button) return;
    const chosen = this.drafts.filter((id) => this.chosen.has(id));
    const count = (chosen.length ? chosen : this.drafts).length;
    button.textContent = this.filled(chosen.length ? "send_chosen" : "send_all", { count });
    button.disabled = count === 0;
  }

  // A filter that is set stays, even when nothing is left that fits it.
  drawFilters() {
    const counts = Object.fromEntries(FILTERS.map((name) => [name, new Map()]));
    for (const mark of this.marks.values()) {
      const values = this.valuesOf(mark);
      for (const name of FILTERS) for (const value of values[name]) counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
    }
    for (const name of FILTERS) this.#drawFilter(this.filters.elements[name], name, counts[name]);
  }

  #drawFilter(select, name, counts) {
    const held = select.value;
    if (held && !counts.has(held.slice(1))) counts.set(held.slice(1), 0);
    const named = [...counts].map(([value, count]) => [value, this.#named(name, value), count]);
    named.sort((one, other) => one[1].localeCompare(other[1], document.documentElement.lang));
    const options = named.map(([value, label, count]) => element("option", { value: `=${value}` }, `${label} (${count})`));
    select.replaceChildren(element("option", { value: "" }, this.words.any), ...options);
    select.value = held;
  }

  #named(name, value) {
    if (name === "state") return { ...this.data.statuses, attention: this.words.attention, waits: this.words.waits }[value];
    if (name === "proposition") return [...this.marks.values()].find((mark) => mark.proposition === value)?.proposition_text ?? value;
    return value || this.words.nobody;
  }

  // What needs attention stands before the others.
  #homeOf(mark) {
    return this.needsAttention(mark) ? this.attention : this.element;
  }

  // In one line, for whoever listens.
  lineOf(mark) {
    return `${this.data.stances[mark.stance].label}, ${mark.speaker}: ${mark.proposition_text}`;
  }

  #cardOf(mark) {
    const card = element("li", { class: `card stance-${mark.stance}`, id: `mark-${mark.id}`, "data-id": mark.id });
    card.append(this.#headOf(mark), element("p", { class: "card-on" }, mark.proposition_text), this.#summaryOf(mark));
    card.append(this.#passagesOf(mark), this.#actionsOf(mark));
    this.cards.set(mark.id, card);
    return card;
  }

  #headOf(mark) {
    const head = element("p", { class: "card-head" });
    const { sign, label } = this.data.stances[mark.stance];
    const stance = element("span", { class: "stance" });
    stance.append(element("b", { "aria-hidden": "true" }, sign), ` ${label}`);
    const states = [this.data.statuses[mark.status], ...(mark.waiting ? [this.words.waits] : [])];
    head.append(stance, " ", element("strong", {}, mark.speaker), " ", element("span", { class: "state" }, states.join(", ")));
    return head;
  }

  #summaryOf(mark) {
    const [language, text] = Object.entries(mark.summary).find(([code, one]) => one && code === this.data.language) ?? Object.entries(mark.summary).find(([, one]) => one) ?? ["", ""];
    const line = element("p", { class: "card-summary" });
    line.append(element("span", { class: "label" }, this.words.paraphrase), " ", element("span", { lang: language }, text));
    return line;
  }

  #passagesOf(mark) {
    const list = element("ul", { class: "card-passages" });
    list.append(...mark.passages.map((passage) => this.#passageOf(mark, passage)));
    if (mark.elsewhere) list.append(element("li", { class: "detail" }, this.filled("elsewhere", { count: mark.elsewhere })));
    return list;
  }

  #passageOf(mark, passage) {
    const line = element("li");
    const isLost = passage.state && passage.state !== "exact";
    const go = element("button", { type: "button", class: "quiet", "data-act": "go", "data-passage": passage.id });
    go.append(element("span", { class: "place" }, passage.locator || this.words.no_place));
    if (passage.quote) go.append(" ", element("q", { lang: this.data.source_language }, shortened(passage.quote)));
    line.append(go);
    if (passage.moment) line.append(" ", element("a", { href: passage.moment, target: "_blank", rel: "noreferrer", "aria-label": this.filled("play", { place: passage.locator }) }, "▶"));
    if (isLost) {
      line.classList.add("unsettled");
      line.append(" ", element("strong", { class: "attention" }, this.data.states[passage.state]));
    }
    if (this.data.may.change && mark.passages.length + mark.elsewhere > 1) {
      const label = `${this.words.remove}: ${passage.locator}`;
      line.append(" ", element("button", { type: "button", class: "quiet", "data-act": "remove-passage", "data-passage": passage.id, "aria-label": label }, "×"));
    }
    return line;
  }

  #actionsOf(mark) {
    const actions = element("p", { class: "card-actions" });
    if (this.data.may.change) {
      actions.append(element("button", { type: "button", class: "quiet", "data-act": "edit", "aria-label": `${this.words.edit}: ${this.lineOf(mark)}` }, this.words.edit));
    }
    if (this.data.may.delete) {
      actions.append(" ", element("button", { type: "button", class: "quiet", "data-act": "remove", "aria-label": `${this.words.remove}: ${this.lineOf(mark)}` }, this.words.remove));
    }
    if (mark.status === "draft" && this.data.may.send) {
      const box = element("input", { type: "checkbox", "data-act": "choose", "aria-label": this.filled("choose", { mark: this.lineOf(mark) }) });
      box.checked = this.chosen.has(mark.id);
      actions.append(" ", box);
    }
    return actions;
  }
}

export function shortened(text, most = 90) {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}
