// The coding screen: puts text, marks, list and form together, and says what the keys do.

import { ask, choose } from "./dialogs.js";
import { element } from "./completion.js";
import { Drafts } from "./drafts.js";
import { StatementForm } from "./form.js";
import { isComposing, isWriting, letterOf, stepOf } from "./keys.js";
import { MarkList, shortened } from "./list.js";
import { wordsBetween } from "./places.js";
import { Server } from "./server.js";
import { Steps } from "./steps.js";
import { TextView } from "./text.js";

const PAGE = 10; // paragraphs
const DOUBLE_CLICK = 250; // milliseconds in which a click may still become one
const HEARD = 160; // letters that are read out of a long passage

const data = JSON.parse(document.querySelector("#coding-data").textContent);
const { words } = data;

function filled(name, values) {
  return words[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

class Screen {
  constructor() {
    this.server = new Server(data.addresses, words, data.round);
    this.drafts = new Drafts(data.user, data.source);
    const holder = document.querySelector("#text");
    const signs = Object.fromEntries(Object.entries(data.stances).map(([code, { sign }]) => [code, sign]));
    this.text = holder && new TextView(holder, signs);
    this.steps = this.text && new Steps(this.text.paragraphs, holder.lang);
    this.list = new MarkList({ data, words, filled, startOf: (passage) => this.startOf(passage) });
    this.form = new StatementForm({
      data,
      words,
      filled,
      server: this.server,
      drafts: this.drafts,
      tell: (message) => this.tell(message),
      saved: (mark, id, message) => this.saved(mark, id, message),
      closed: (isDone) => this.closed(isDone),
      another: () => this.another(),
      remove: (mark) => this.removePosition(mark),
    });
    this.list.drawAll();
    this.draw();
    this.listen();
    this.offerDrafts();
  }

  listen() {
    document.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("click", (event) => this.onAct(event));
    document.querySelector("#filters").addEventListener("change", () => this.narrow());
    document.querySelector("#filters").addEventListener("submit", (event) => event.preventDefault());
    document.querySelector("#place-form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.code();
    });
    if (!this.text) return;
    const { element: holder } = this.text;
    holder.addEventListener("keydown", (event) => this.onTextKey(event));
    holder.addEventListener("click", (event) => this.onTextClick(event));
    holder.addEventListener("pointerdown", () => (this.isPointing = true));
    document.addEventListener("pointerup", () => (this.isPointing = false));
    document.addEventListener("pointercancel", () => (this.isPointing = false));
    holder.addEventListener("focus", () => {
      if (!this.isPointing) this.text.choose(this.text.anchor, this.text.focus); // else the mouse chooses anew
    });
    document.addEventListener("selectionchange", () => {
      if (this.text.takeSelection()) this.place();
    });
    window.addEventListener("resize", () => this.text.choose(this.text.anchor, this.text.focus));
  }

  // --- what is seen and heard ---

  tell(message) {
    document.querySelector("#told").textContent = message;
  }

  hear(message) {
    document.querySelector("#heard").textContent = message;
  }

  // After any change of the marks, of what is shown of them, or of the form.
  draw() {
    this.passages = this.inOrder();
    if (this.text) this.drawText();
    this.place();
  }

  drawText() {
    const { passage, isOpen } = this.form;
    const inText = this.passages.filter(({ passage: { start, state } }) => start != null && state !== "not_found");
    const marked = inText.map(({ mark: { id, stance }, passage: { start, end, state } }) => ({ id, stance, start, end, state }));
    this.text.draw(marked, isOpen && passage?.start != null ? [passage] : []);
  }

  // Where the caret is among the marks.
  place() {
    const { passages: all } = this;
    const here = this.text ? all.findIndex(({ at }) => at >= this.text.point(this.text.focus)) : 0;
    document.querySelector("#where").textContent = all.length ? `${here < 0 ? all.length : here + 1} / ${all.length}` : "0";
  }

  startOf({ start, paragraph, number }) {
    if (!this.text) return number;
    if (start != null) return start;
    const one = paragraph && this.text.paragraphs[paragraph - 1];
    return one ? one.start : Number.MAX_SAFE_INTEGER;
  }

  // All visible ones in the order of the text, as {mark, passage, at}.
  inOrder() {
    const found = this.list.visible.flatMap((mark) => mark.passages.map((passage) => ({ mark, passage, at: this.startOf(passage) })));
    return found.filter(({ at }) => at < Number.MAX_SAFE_INTEGER).sort((one, other) => one.at - other.at);
  }

  narrow() {
    this.list.drawShown();
    this.draw();
  }

  // --- keys ---

  onKey(event) {
    if (isComposing(event) || isWriting(event.target) || document.querySelector("dialog[open]") || event.defaultPrevented) return;
    const letter = letterOf(event);
    const act = { "?": "help", n: event.shiftKey ? "previous" : "next", l: "list", f: "filter", t: "text" }[letter];
    if (!act) return;
    event.preventDefault();
    this.act(act);
  }

  onTextKey(event) {
    if (isComposing(event)) return;
    const step = stepOf(event);
    if (step) {
      event.preventDefault();
      this.move(step);
      return;
    }
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const act = isPlain && ({ Enter: "enter", Escape: "let-go", Delete: "delete" }[event.key] ?? { s: "sentence", p: "paragraph", e: "again", g: "go-to" }[letterOf(event)]);
    if (!act) return;
    event.preventDefault();
    this.act(act);
  }

  onAct(event) {
    const button = event.target.closest("[data-act]");
    if (!button || button.closest("#statement")) return;
    const card = button.closest("[data-id]");
    if (!card) this.act(button.dataset.act);
    else this.onCard(button, this.list.marks.get(card.dataset.id));
  }

  act(name) {
    const acts = {
      enter: () => this.enter(),
      code: () => this.code(),
      again: () => this.again(),
      next: () => this.step(1),
      previous: () => this.step(-1),
      sentence: () => this.take("sentence"),
      paragraph: () => this.take("paragraph"),
      "let-go": () => this.letGo(),
      "go-to": () => this.goTo(),
      delete: () => this.deleteHere(),
      help: () => document.querySelector("#help").showModal(),
      list: () => document.querySelector(".coding-marks li:not([hidden]) button")?.focus(),
      filter: () => document.querySelector("#filters select").focus(),
      text: () => this.home(),
      send: () => this.send(),
      suggest: () => this.suggest(),
    };
    acts[name]?.();
  }

  onCard({ dataset: { act, passage: id } }, mark) {
    const passage = mark.passages.find((one) => one.id === id) ?? mark.passages[0];
    if (act === "go") this.show(mark, passage);
    else if (act === "edit") this.edit(mark, passage);
    else if (act === "remove") this.removePosition(mark);
    else if (act === "remove-passage") this.removePassage(mark, passage);
    else if (act === "choose") this.chooseCard(mark);
  }

  chooseCard({ id }) {
    if (!this.list.chosen.delete(id)) this.list.chosen.add(id);
    this.list.drawSending();
  }

  // --- moving and choosing in the text ---

  move({ unit, isForward, extends: isExtending }) {
    const focus = this.reached(unit, isForward, isExtending);
    this.text.choose(isExtending ? this.text.anchor : focus, focus);
    this.text.reveal();
    this.place();
    this.hear(isExtending ? this.chosenInWords() : this.whereInWords(unit, focus));
  }

  reached(unit, isForward, isExtending) {
    const { focus, paragraphs } = this.text;
    const edge = { paragraph: focus.paragraph, index: isForward ? paragraphs[focus.paragraph].text.length : 0 };
    if (unit === "edge") return edge;
    if (unit === "text") return isForward ? this.steps.last : { paragraph: 0, index: 0 };
    if (unit === "page") return { paragraph: Math.min(Math.max(focus.paragraph + (isForward ? PAGE : -PAGE), 0), paragraphs.length - 1), index: 0 };
    if (!isForward) return this.steps.before(focus, unit);
    return isExtending && unit !== "letter" ? this.steps.endAfter(focus, unit) : this.steps.after(focus, unit);
  }

  whereInWords(unit, place) {
    const kind = { edge: "word", text: "sentence", page: "sentence", paragraph: "sentence" }[unit] ?? unit;
    const [from, to] = this.steps.around(place, kind);
    const { number, text } = this.text.paragraphs[place.paragraph];
    const said = text.slice(from.index, to.index);
    const paragraph = unit === "letter" || unit === "word" ? "" : `${filled("paragraph", { number })} `;
    return `${paragraph}${said}${this.marksInWords()}`;
  }

  marksInWords() {
    const marks = this.text.marksHere.map((id) => this.list.lineOf(this.list.marks.get(id)));
    return marks.length ? ` ${filled("on_marks", { marks: marks.join("; ") })}` : "";
  }

  chosenInWords() {
    const { words: chosen } = this.text;
    if (!chosen) return words.nothing_chosen;
    const heard = chosen.length > HEARD ? `${chosen.slice(0, HEARD / 2)} … ${chosen.slice(-HEARD / 2)}` : chosen;
    return filled("chosen", { words: heard });
  }

  // The one at the caret; where it is chosen already, the next one too.
  take(unit) {
    const { isEmpty, first, last } = this.text;
    const [from, to] = this.steps.around(first, unit);
    const isTaken = !isEmpty && first.index <= from.index && (last.paragraph > to.paragraph || last.index >= to.index);
    if (isTaken) this.text.choose(first, this.steps.endAfter(last, unit));
    else this.text.choose(from, to);
    this.text.reveal();
    this.hear(this.chosenInWords());
  }

  letGo() {
    if (this.isChoosingAgain) {
      this.isChoosingAgain = false;
      this.tell("");
      this.form.speaker.input.focus();
      return;
    }
    this.text.choose(this.text.focus);
    this.hear(words.nothing_chosen);
  }

  async goTo() {
    const number = Number(await ask(words.which_paragraph, `1 – ${this.text.paragraphs.length}`, words.go));
    const paragraph = this.text.paragraphs.findIndex((one) => one.number === number);
    if (paragraph >= 0) this.text.choose({ paragraph, index: 0 });
    this.home();
    if (paragraph >= 0) this.hear(this.whereInWords("paragraph", this.text.focus));
  }

  home() {
    if (this.text) this.text.focusOn();
    else document.querySelector("#place").focus();
  }

  onTextClick(event) {
    clearTimeout(this.clicked);
    const mark = event.target.closest("mark.marked");
    if (!mark || event.detail > 1 || this.form.isOpen) return;
    this.clicked = setTimeout(() => {
      if (this.text.isEmpty) this.editOneOf(mark.dataset.marks.split(" "));
    }, DOUBLE_CLICK);
  }

  // --- coding ---

  enter() {
    const { marksHere, isEmpty } = this.text;
    if (isEmpty && marksHere.length && !this.isChoosingAgain) this.editOneOf(marksHere);
    else this.code();
  }

  // What is chosen; nothing chosen, the sentence at the caret.
  chosenPassage() {
    if (!this.text) return this.typedPlace();
    this.text.takeSelection(); // of which the browser may tell later
    if (this.text.isEmpty) this.take("sentence");
    const { passage, words: quote } = this.text;
    return passage && { ...passage, quote: quote.trim(), place: this.placeInWords(passage) };
  }

  typedPlace() {
    const locator = document.querySelector("#place").value.trim();
    return { locator, place: "" };
  }

  placeInWords({ start, end }) {
    const [first, last] = [this.text.paragraphOf(start), this.text.paragraphOf(end - 1)];
    return first === last ? `¶ ${first}` : `¶ ${first}–${last}`;
  }

  code() {
    const passage = this.chosenPassage();
    if (!passage) {
      this.tell(words.choose_first);
    } else if (this.isChoosingAgain) {
      this.isChoosingAgain = false;
      this.tell("");
      this.form.move(passage);
      this.draw();
    } else if (data.may.add) {
      this.openForm({ passage });
    }
  }

  openForm(options) {
    this.tell("");
    this.form.open(options);
    this.offerDrafts();
    this.draw();
  }

  another() {
    this.isChoosingAgain = true;
    this.tell(words.choose_again);
    if (this.form.passage?.start != null) this.text.choosePoints(this.form.passage.start, this.form.passage.end);
    this.home();
  }

  async editOneOf(ids) {
    const marks = ids.map((id) => this.list.marks.get(id)).filter(Boolean);
    const mark = marks.length > 1 ? await this.whichOf(marks, words.which_mark) : marks[0];
    if (!mark) {
      this.home();
      return;
    }
    const here = this.text.point(this.text.focus);
    this.edit(mark, mark.passages.find(({ start, end }) => start != null && start <= here && here < end) ?? mark.passages[0]);
  }

  async whichOf(marks, title) {
    const options = marks.map((mark) => ({ id: mark.id, label: this.list.lineOf(mark), detail: shortened(mark.passages[0]?.quote ?? ""), sign: data.stances[mark.stance].sign, stance: mark.stance }));
    const chosen = await choose(title, options, title);
    return chosen && this.list.marks.get(chosen.id);
  }

  edit(mark, passage) {
    if (!data.may.change) return;
    this.openForm({ mark, passage: { ...passage, place: passage.locator } });
  }

  closed(isDone) {
    this.isChoosingAgain = false;
    if (!isDone) this.tell(this.form.isTouched ? words.kept : "");
    this.offerDrafts();
    this.draw();
    const { start, end } = this.form.passage ?? {};
    if (this.text && start != null) this.text.choosePoints(isDone ? end : start, end);
    this.home();
  }

  saved(mark, id, message) {
    if (mark) this.list.put(mark);
    else if (id) this.list.remove(id);
    this.draw();
    this.tell(message || filled("saved", { count: this.list.marks.size }));
    const place = document.querySelector("#place");
    if (place) place.value = "";
  }

  // --- further evidence, removing, sending ---

  async again() {
    if (!data.may.again) {
      if (data.round) this.tell(words.one_passage);
      return;
    }
    const passage = this.text && !this.text.isEmpty ? this.chosenPassage() : this.text ? null : this.typedPlace();
    if (!passage) {
      this.tell(words.choose_first);
      return;
    }
    if (!this.list.marks.size) {
      this.tell(words.no_positions);
      return;
    }
    const mark = await this.whichOf(this.list.visible, words.which_position);
    if (mark) await this.addPassage(mark, passage);
    this.home();
  }

  async addPassage(mark, { start, end, quote, locator }, reason = "") {
    const place = start == null ? { locator } : { start, end, quote, text_hash: data.text_hash };
    const address = this.server.position(mark.id, "passages");
    await this.changeMark(address, mark, { ...place, reason }, words.passage_added, (why) => this.addPassage(mark, { start, end, quote, locator }, why));
  }

  async removePassage(mark, passage) {
    const reason = await ask(words.remove_passage, this.isOut(mark) ? words.why : "", words.yes_remove);
    if (reason === null) return;
    await this.changeMark(this.server.position(mark.id, "passages", passage.id, "remove"), mark, { reason }, words.passage_removed);
  }

  async removePosition(mark) {
    const reason = await ask(`${words.remove_position} ${this.list.lineOf(mark)}`, this.isOut(mark) ? words.why : "", words.yes_remove);
    if (reason === null) return;
    const { problem } = await this.server.post(this.server.position(mark.id, "remove"), { revision: mark.revision, reason });
    if (problem) {
      this.refused(problem);
      return;
    }
    this.list.remove(mark.id);
    if (this.form.mark?.id === mark.id) this.form.close({ isDone: true });
    this.draw();
    this.tell(words.removed);
    this.home();
  }

  async changeMark(address, mark, values, message, withReason) {
    const { answer, problem } = await this.server.post(address, { ...values, revision: mark.revision });
    const needsReason = problem?.errors?.some(({ field }) => field === "reason");
    if (needsReason && withReason) {
      const reason = await ask(problem.detail, words.why, words.go_on);
      if (reason) await withReason(reason);
    } else if (problem) {
      this.refused(problem);
    } else {
      this.saved(answer.mark, mark.id, answer.message || message);
    }
  }

  refused({ status, detail, present, errors = [] }) {
    if (present) this.list.put(present);
    this.draw();
    this.tell([detail, ...errors.map((one) => one.detail)].filter((one, at, all) => all.indexOf(one) === at).join(" "));
    if (status === 401) document.querySelector("#told").append(" ", element("a", { href: data.addresses.login, target: "_blank", rel: "opener" }, words.log_in));
  }

  isOut({ status }) {
    return status === "published" || status === "withdrawn";
  }

  async deleteHere() {
    const marks = this.text.marksHere.map((id) => this.list.marks.get(id));
    if (!data.may.delete || !marks.length) {
      this.tell(words.no_marks);
      return;
    }
    const mark = marks.length > 1 ? await this.whichOf(marks, words.which_mark) : marks[0];
    if (mark) await this.removePosition(mark);
    this.home();
  }

  async send() {
    const chosen = this.list.drafts.filter((id) => this.list.chosen.has(id));
    const { answer, problem } = await this.server.post(data.addresses.send, chosen.length ? { positions: chosen } : {});
    if (problem) {
      this.refused(problem);
      return;
    }
    this.list.chosen.clear();
    this.list.marks = new Map(answer.marks.map((mark) => [mark.id, mark]));
    this.list.cards.clear();
    this.list.drawAll();
    this.draw();
    this.tell(answer.message);
  }

  // --- going from mark to mark ---

  step(by) {
    const { passages: all } = this;
    if (!all.length) {
      this.tell(words.no_positions);
      return;
    }
    const here = this.text ? this.text.point(this.text.focus) : all[this.at]?.at ?? -1;
    const at = this.at != null && all[this.at]?.at === here ? this.at + by : by > 0 ? all.findIndex((one) => one.at > here) : all.findLastIndex((one) => one.at < here);
    this.at = at < 0 || at >= all.length ? (by > 0 ? 0 : all.length - 1) : at;
    const { mark, passage } = all[this.at];
    this.show(mark, passage);
    this.hear(filled("mark_of", { number: this.at + 1, total: all.length, mark: `${this.list.lineOf(mark)}. ${shortened(passage.quote, HEARD)}` }));
    document.querySelector("#where").textContent = `${this.at + 1} / ${all.length}`;
  }

  show(mark, passage) {
    const at = this.startOf(passage);
    if (this.text && at < Number.MAX_SAFE_INTEGER) this.text.focusOn(at);
    clearTimeout(this.following);
    requestAnimationFrame(() => { this.following = setTimeout(() => this.follow(mark)); });
  }

  // The list comes after, once the text is painted: to lay out both takes longer than a key should.
  follow(mark) {
    this.card?.classList.remove("here");
    this.card = this.list.cards.get(mark.id);
    this.card?.classList.add("here");
    this.card?.scrollIntoView({ block: "nearest" });
  }

  // --- what was begun and not saved ---

  offerDrafts() {
    const box = document.querySelector("#kept");
    const kept = this.drafts.all.filter(({ what, values }) => this.isOfHere(values) && (!this.form.isOpen || what !== this.form.key));
    box.hidden = kept.length === 0;
    box.replaceChildren(...(kept.length ? [element("p", {}, words.kept), this.draftsIn(kept)] : []));
  }

  // A new one can be saved wherever one works; what changes a reading belongs to its round, a position to the record.
  isOfHere({ mark, round = "" }) {
    return !mark || round === data.round;
  }

  draftsIn(kept) {
    const list = element("ul");
    list.append(...kept.map((one) => this.draftLine(one)));
    return list;
  }

  draftLine({ what, values }) {
    const named = values.passage?.quote ? `“${shortened(values.passage.quote, 60)}”` : values.passage?.locator;
    const line = element("li", {}, `${named ?? ""} `);
    const go = element("button", { type: "button" }, words.go_on);
    go.addEventListener("click", () => this.goOn(values));
    const drop = element("button", { type: "button", class: "quiet" }, words.throw_away);
    drop.addEventListener("click", () => {
      this.drafts.drop(what);
      this.offerDrafts();
      this.home();
    });
    line.append(go, " ", drop);
    return line;
  }

  goOn(draft) {
    const isMoved = draft.text_hash !== data.text_hash && draft.passage?.start != null;
    this.openForm({ draft });
    if (isMoved) this.tell(words.text_moved);
  }

  // --- what is offered from the text ---

  async suggest() {
    const { answer, problem } = await this.server.get(data.addresses.suggestions, {});
    if (problem) {
      this.refused(problem);
      return;
    }
    const list = document.querySelector("#suggestions ol");
    list.replaceChildren(...answer.map((one) => this.suggestionLine(one)));
    this.tell(answer.length ? filled("suggested", { count: answer.length }) : words.nothing_suggested);
    list.querySelector("button")?.focus();
  }

  suggestionLine({ start, end, speaker, appearances }) {
    const passage = this.passageAt(start, end);
    const meant = data.speakers.find(({ id }) => id === appearances[0]);
    const line = element("li");
    const take = element("button", { type: "button", class: "quiet" });
    take.append(element("span", { class: "place" }, passage.place), " ", element("q", { lang: data.source_language }, shortened(passage.quote)));
    take.append(" ", element("span", { class: "detail" }, meant?.label ?? speaker));
    take.addEventListener("click", () => {
      line.remove();
      this.text.choosePoints(start, end);
      this.text.reveal();
      this.openForm({ passage, speaker: meant?.label ?? speaker });
    });
    line.append(take);
    return line;
  }

  passageAt(start, end) {
    const [first, last] = [start, end].map((point) => this.text.placeAt(point));
    return { start, end, quote: wordsBetween(this.text.paragraphs, first, last), place: this.placeInWords({ start, end }) };
  }
}

new Screen();
