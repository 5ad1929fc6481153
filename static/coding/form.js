// The form in which a passage becomes a position. Nothing that is typed in it is lost: it is kept in the browser until saved.

import { Completion, element, folded } from "./completion.js";
import { differences, tableOf } from "./conflict.js";
import { isComposing } from "./keys.js";
import { shortened } from "./list.js";

const PATIENCE = 250; // milliseconds after a key before what is typed is kept
const MOST_OFFERED = 40;
const CHOICES = ["stance", "kind", "certainty"]; // the last only in a round
const FIELD_OF = { text: "wording" }; // columns of other rows, as the form calls them

export class StatementForm {
  constructor({ data, words, filled, server, drafts, tell, saved, closed, another, remove }) {
    Object.assign(this, { data, words, filled, server, drafts, tell, saved, closed, another });
    this.element = document.querySelector("#statement");
    this.fields = this.element.elements;
    this.recent = { speakers: [], propositions: [] };
    this.speaker = new Completion(document.querySelector("#speaker"), {
      words,
      offers: (typed) => this.#speakersAtHand(typed),
      ask: (typed, signal) => this.#askForPeople(typed, signal),
      chosen: (option) => this.#speakerChosen(option),
    });
    this.proposition = new Completion(document.querySelector("#proposition"), {
      words,
      offers: (typed) => this.#propositionsAtHand(typed),
      ask: (typed, signal) => this.#askForPropositions(typed, signal),
      last: (typed) => this.#newOne(typed),
      chosen: (option) => this.#propositionChosen(option),
    });
    this.#listen(remove);
  }

  #listen(remove) {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    for (const name of ["input", "change"]) this.element.addEventListener(name, () => this.#changed());
    this.element.addEventListener("click", (event) => {
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (act === "close") this.close();
      else if (act === "another") this.another();
      else if (act === "remove") remove(this.mark);
    });
    window.addEventListener("pagehide", () => this.#keep());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  // A new one of a passage, or `mark` with one of its passages; `draft` is what was kept of it.
  open({ mark = null, passage, draft = null, speaker = "" }) {
    if (this.isOpen) this.#keep();
    this.key = keyOf(draft?.mark ?? mark, draft?.passage ?? passage);
    draft ??= this.drafts.of(this.key); // else it would be written over
    this.mark = draft?.mark ?? mark;
    this.passage = draft?.passage ?? passage;
    this.id = draft?.id ?? newId();
    this.hasMoved = draft?.hasMoved ?? false;
    this.isTouched = Boolean(draft);
    this.#clear();
    this.#write(draft?.values ?? (this.mark ? this.#valuesOf(this.mark) : this.#empty(speaker)));
    this.before = this.mark ? this.#valuesOf(this.mark) : this.#empty("");
    this.#drawHead();
    this.element.hidden = false;
    this.#showTop();
    this.speaker.input.focus();
    if (speaker) this.speaker.open();
  }

  // Where the side scrolls by itself the page stays where it is.
  #showTop() {
    const side = this.element.closest("aside");
    if (getComputedStyle(side).overflowY === "auto") side.scrollTop = 0;
    else this.element.scrollIntoView({ block: "start" });
  }

  #drawHead() {
    const title = this.mark ? this.filled("edit_statement", { speaker: this.mark.speaker }) : this.words.new_statement;
    document.querySelector("#statement-title").textContent = title;
    document.querySelector("#statement-state").textContent = this.mark ? this.data.statuses[this.mark.status] : "";
    document.querySelector("#why").hidden = !["published", "withdrawn"].includes(this.mark?.status);
    const removal = this.element.querySelector("[data-act=remove]");
    if (removal) removal.hidden = !this.mark;
    this.drawPassage();
  }

  drawPassage() {
    document.querySelector("#passage").textContent = shortened(this.passage?.quote ?? "", 400);
    document.querySelector("#passage-place").textContent = this.passage?.place ?? "";
    if (this.fields.locator) this.fields.locator.value = this.passage?.locator ?? "";
  }

  // Another passage for what is being written.
  move(passage) {
    this.passage = { ...passage, id: this.passage?.id };
    this.hasMoved = true;
    this.#changed();
    this.drawPassage();
    this.#clearMistake("place");
    this.speaker.input.focus();
  }

  close({ isDone = false } = {}) {
    if (!this.isOpen) return;
    clearTimeout(this.keeping);
    if (isDone) this.drafts.drop(this.key);
    else this.#keep();
    this.element.hidden = true;
    this.closed(isDone);
  }

  // --- what is in the form ---

  #empty(speaker) {
    const texts = Object.fromEntries(this.#texts.map((name) => [name, ""]));
    return { ...texts, speaker: null, speaker_words: speaker, proposition: null, proposition_words: "", stance: "", kind: "", certainty: this.data.certainty, capacities: "", topics: "", session: "", role: "", reason: "" };
  }

  get #texts() {
    return [...this.element.querySelectorAll("textarea")].map(({ name }) => name);
  }

  #valuesOf(mark) {
    const values = this.#empty("");
    for (const name of ["condition", "summary"]) for (const [code, text] of Object.entries(mark[name])) values[`${name}_${code}`] = text;
    const appearance = this.data.speakers.find(({ id }) => id === mark.appearance);
    return {
      ...values,
      speaker: { id: mark.appearance, label: appearance?.label ?? mark.speaker },
      speaker_words: appearance?.label ?? mark.speaker,
      proposition: { id: mark.proposition, label: mark.proposition_text },
      proposition_words: mark.proposition_text,
      stance: mark.stance,
      kind: mark.kind,
      certainty: mark.certainty,
      ...(this.fields.note ? { note: mark.note } : {}),
      capacities: [...mark.capacities].sort().join(" "),
    };
  }

  read() {
    const values = Object.fromEntries(this.#texts.map((name) => [name, this.fields[name].value]));
    return {
      ...values,
      speaker: this.speaker.option,
      speaker_words: this.speaker.input.value,
      proposition: this.proposition.option,
      proposition_words: this.proposition.input.value,
      ...Object.fromEntries(CHOICES.map((name) => [name, this.element.querySelector(`[name=${name}]:checked`)?.value ?? ""])),
      capacities: this.#ticked("capacities"),
      topics: this.#ticked("topics"),
      session: this.fields.session.value,
      role: this.fields.role.value,
      reason: this.fields.reason.value,
    };
  }

  #ticked(name) {
    return [...this.element.querySelectorAll(`[name=${name}]:checked`)].map(({ value }) => value).sort().join(" ");
  }

  #write(values) {
    const debate = this.data.speakers.find(({ id }) => id === values.speaker?.id)?.event;
    if (this.fields.event && debate) this.fields.event.value = debate;
    for (const name of this.#texts) this.fields[name].value = values[name] ?? "";
    for (const name of CHOICES) this.#check(name, values[name]);
    this.fields.reason.value = values.reason;
    this.speaker.set(values.speaker);
    if (!values.speaker) this.speaker.input.value = values.speaker_words;
    this.#speakerChosen(values.speaker);
    this.fields.session.value = values.session || this.fields.session.value;
    this.fields.role.value = values.role;
    this.#tick("capacities", values.capacities);
    this.proposition.set(values.proposition);
    if (!values.proposition || values.proposition.isNew) this.proposition.input.value = values.proposition_words;
    document.querySelector("#wording").hidden = !values.proposition?.isNew;
    this.#tick("topics", values.topics);
    this.#showCondition();
  }

  #check(name, value) {
    for (const one of this.element.querySelectorAll(`[name=${name}]`)) one.checked = one.value === value;
  }

  #tick(name, values) {
    const wanted = new Set(values.split(" "));
    for (const one of this.element.querySelectorAll(`[name=${name}]`)) one.checked = wanted.has(one.value);
  }

  #showCondition() {
    document.querySelector("#condition").hidden = !this.element.querySelector("[name=stance][value=conditional]").checked;
  }

  #changed() {
    this.isTouched = true;
    this.#showCondition();
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.#keep(), PATIENCE);
  }

  #keep() {
    clearTimeout(this.keeping);
    if (!this.isOpen || !this.isTouched) return;
    const { id, mark, passage, hasMoved } = this;
    const isKept = this.drafts.keep(this.key, { id, mark, passage: { ...passage, ...this.#locator }, hasMoved, round: this.data.round, values: this.read(), text_hash: this.data.text_hash });
    if (!isKept && !this.isWarned) {
      this.isWarned = true;
      this.tell(this.words.not_kept);
    }
  }

  get #locator() {
    return this.fields.locator ? { locator: this.fields.locator.value } : {};
  }

  // --- speaker ---

  #speakersAtHand(typed) {
    const event = this.fields.event?.value;
    const here = this.data.speakers.filter((one) => !event || one.event === event);
    const recent = this.recent.speakers.map((id) => here.find((one) => one.id === id)).filter(Boolean);
    return [{ name: this.words.take_part, options: fitting([...recent, ...here], typed) }];
  }

  async #askForPeople(q, signal) {
    const { answer } = await this.server.get(this.data.addresses.speakers, { q }, signal);
    const here = new Set(this.data.speakers.map(({ person }) => person));
    const others = answer?.filter(({ id }) => !here.has(id)).map((one) => ({ ...one, isPerson: true }));
    return others && [{ name: this.words.others, options: others }];
  }

  #speakerChosen(option) {
    const joining = document.querySelector("#joining");
    joining.hidden = !option?.isPerson;
    if (option?.isPerson) this.#offerSessions();
    const capacities = this.data.speakers.find(({ id }) => id === option?.id)?.capacities ?? [];
    document.querySelector("#capacities").hidden = capacities.length < 2;
    document.querySelector("#capacity-choices").replaceChildren(...(capacities.length < 2 ? [] : capacities).map(([value, label]) => boxOf(value, label)));
    if (option) this.#clearMistake("appearance");
    this.#changedBy(option);
  }

  #changedBy(option) {
    if (option && this.isOpen) this.#changed();
  }

  #offerSessions() {
    const debates = this.data.debates.filter(({ id }) => !this.fields.event || id === this.fields.event.value);
    const sessions = debates.flatMap((debate) => debate.sessions);
    this.fields.session.replaceChildren(...sessions.map(([value, label]) => element("option", { value }, label)));
  }

  // --- proposition ---

  #propositionsAtHand(typed) {
    const all = this.data.propositions;
    const recent = this.recent.propositions.map((id) => all.find((one) => one.id === id)).filter(Boolean);
    return [{ name: this.words.used, options: fitting([...recent, ...all], typed) }];
  }

  #newOne(typed) {
    const label = this.filled("new_proposition", { words: typed });
    return typed ? [{ name: "", options: [{ id: "", label, shown: typed, isNew: true }] }] : [];
  }

  async #askForPropositions(q, signal) {
    const { answer } = await this.server.get(this.data.addresses.propositions, { q }, signal);
    return answer && [{ name: this.words.all, options: answer }];
  }

  #propositionChosen(option) {
    document.querySelector("#wording").hidden = !option?.isNew;
    const wording = this.fields[`wording_${this.data.language}`];
    if (option?.isNew) {
      wording.value = option.shown;
      wording.focus();
    }
    if (option) this.#clearMistake("proposition");
    this.#changedBy(option);
  }

  // --- saving ---

  #onKey(event) {
    if (isComposing(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.save();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  async save() {
    if (this.isSaving) return;
    this.#clear();
    const unchosen = [["appearance", this.speaker], ["proposition", this.proposition]].filter(([, one]) => one.input.value.trim() && !one.option);
    if (unchosen.length) {
      this.#showMistakes(unchosen.map(([field]) => ({ field, detail: this.words.choose_from_list })));
      return;
    }
    this.isSaving = true;
    this.tell(this.words.saving);
    const address = this.mark ? this.server.position(this.mark.id) : this.data.addresses.positions;
    const { answer, problem } = await this.server.post(address, this.#sent());
    this.isSaving = false;
    if (problem) this.#refused(problem);
    else this.#done(answer);
  }

  #done({ mark, message }) {
    remember(this.recent.speakers, mark?.appearance);
    remember(this.recent.propositions, mark?.proposition);
    const wasNew = this.proposition.option?.isNew;
    if (wasNew && mark) this.data.propositions.push({ id: mark.proposition, label: mark.proposition_text, detail: this.data.statuses.draft, words: mark.proposition_text });
    const id = this.mark?.id;
    this.saved(mark, id, message);
    this.close({ isDone: true });
  }

  #sent() {
    const values = this.read();
    const { speaker, proposition } = values;
    const isNew = proposition?.isNew ?? false;
    const texts = this.#texts.filter((name) => (isNew || !name.startsWith("wording")) && (values.stance === "conditional" || !name.startsWith("condition")));
    return {
      ...Object.fromEntries(texts.map((name) => [name, values[name]])),
      ...(speaker?.isPerson ? { person: speaker.id, session: values.session, role: values.role } : { appearance: speaker?.id ?? "" }),
      ...(isNew ? { topics: values.topics.split(" ").filter(Boolean) } : { proposition: proposition?.id ?? "" }),
      capacities: values.capacities.split(" ").filter(Boolean),
      stance: values.stance,
      kind: values.kind,
      certainty: values.certainty,
      reason: values.reason,
      ...this.#place(),
      ...(this.mark ? { revision: this.mark.revision, passage: this.passage?.id ?? "" } : { id: this.id }),
    };
  }

  // Where it did not change it is not sent, so that it stays as it is.
  #place() {
    if (this.fields.locator) {
      const locator = this.fields.locator.value;
      return this.mark && locator === this.#heldPassage?.locator ? {} : { locator };
    }
    if (this.mark && !this.hasMoved) return {};
    const { start, end, quote, locator } = this.passage;
    return start == null ? { locator } : { start, end, quote, text_hash: this.data.text_hash };
  }

  get #heldPassage() {
    return this.mark?.passages.find(({ id }) => id === this.passage?.id);
  }

  // --- what is wrong ---

  #refused(problem) {
    this.#keep();
    this.tell("");
    if (problem.present !== undefined) this.#showConflict(problem);
    else if (problem.errors?.length) this.#showMistakes(problem.errors);
    else this.#showProblem(problem);
  }

  #showMistakes(errors) {
    const left = [];
    for (const { field, detail } of errors) if (!this.#showMistake(field, detail)) left.push(detail);
    if (left.length) this.#say(left.join(" "));
    this.element.querySelector("[aria-invalid=true]")?.focus();
  }

  #showMistake(name, detail) {
    const [, stem, language] = /^(.*?)(_[a-z]{2})?$/.exec(name);
    const field = `${FIELD_OF[stem] ?? stem}${language ?? ""}`;
    const holder = this.element.querySelector(`[data-field~="${CSS.escape(field)}"]`);
    if (!holder) return false;
    holder.hidden = false;
    const id = `mistake-${field}`;
    holder.querySelector(`#${id}`)?.remove();
    holder.append(element("p", { class: "mistake", id }, detail));
    const input = holder.querySelector("input, textarea, select, button");
    input?.setAttribute("aria-invalid", "true");
    input?.setAttribute("aria-describedby", id);
    return true;
  }

  #clearMistake(field) {
    const holder = this.element.querySelector(`[data-field~="${field}"]`);
    holder?.querySelector(".mistake")?.remove();
    for (const one of holder?.querySelectorAll("[aria-invalid]") ?? []) {
      one.removeAttribute("aria-invalid");
      one.removeAttribute("aria-describedby");
    }
  }

  #clear() {
    for (const one of this.element.querySelectorAll(".mistake")) one.remove();
    for (const one of this.element.querySelectorAll("[aria-invalid]")) {
      one.removeAttribute("aria-invalid");
      one.removeAttribute("aria-describedby");
    }
    document.querySelector("#problem").hidden = true;
    document.querySelector("#conflict").hidden = true;
  }

  #say(detail, ...more) {
    const box = document.querySelector("#problem");
    box.replaceChildren(element("p", {}, detail), ...more);
    box.hidden = false;
    box.focus();
  }

  #showProblem({ status, detail, reload }) {
    const again = element("button", { type: "button" }, this.words.try_again);
    again.addEventListener("click", () => this.save());
    if (status === 401) {
      const login = element("a", { href: this.data.addresses.login, target: "_blank", rel: "opener" }, this.words.log_in);
      this.#say(detail, login, " ", again);
    } else if (status === 404 && this.mark) {
      this.mark = null;
      this.hasMoved = true;
      this.#say(this.words.gone, again);
    } else if (reload) {
      const button = element("button", { type: "button" }, this.words.reload);
      button.addEventListener("click", () => location.reload());
      this.#say(detail, button);
    } else {
      this.#say(detail, again);
    }
  }

  #showConflict({ present }) {
    if (!present) {
      this.#showProblem({ status: 404 });
      return;
    }
    const theirs = this.#valuesOf(present);
    const found = differences(flat(this.before), flat(this.read()), flat(theirs));
    for (const one of found) if (!one.isMine) this.#take(one.field, theirs);
    this.mark = present;
    this.before = theirs;
    const box = document.querySelector("#conflict");
    box.replaceChildren(
      element("p", {}, this.words.meanwhile),
      tableOf(found, {
        words: this.words,
        labelOf: (field) => this.#labelOf(field),
        shown: (field, value) => this.#shown(field, value),
        take: (field) => this.#take(field, theirs),
      }),
    );
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
    this.tell(this.words.meanwhile);
    this.element.querySelector("#conflict button, [type=submit]").focus();
    this.saved(present, present.id, this.words.meanwhile);
  }

  #take(field, theirs) {
    const names = field === "speaker" || field === "proposition" ? [field, `${field}_words`] : [field];
    this.#write({ ...this.read(), ...Object.fromEntries(names.map((name) => [name, theirs[name]])), ...(field === "speaker" ? { capacities: theirs.capacities } : {}) });
    this.#changed();
  }

  #labelOf(field) {
    const holder = this.element.querySelector(`[data-field~="${field === "speaker" ? "appearance" : field}"]`);
    return holder?.querySelector("legend, label")?.textContent.trim() ?? field;
  }

  #shown(field, value) {
    if (field === "stance") return this.data.stances[value]?.label;
    if (field === "kind") return this.data.kinds[value];
    if (field === "certainty") return this.data.certainties[value];
    if (field === "speaker") return this.data.speakers.find(({ id }) => id === value)?.label ?? value;
    if (field === "proposition") return this.data.propositions.find(({ id }) => id === value)?.label ?? value;
    if (field !== "capacities") return value;
    const labels = new Map(this.data.speakers.flatMap(({ capacities }) => capacities));
    return value.split(" ").map((id) => labels.get(id) ?? id).join("; ");
  }
}

// By which what was begun of it is found again.
function keyOf(mark, { id = "", start = "", end = "", locator = "" }) {
  return mark ? `${mark.id}:${id}` : `new:${start === "" || start === null ? locator : start}-${end ?? ""}`;
}

// As the record makes its own; asking twice with one makes one position.
function newId() {
  const letters = "abcdefghjkmnpqrstvwxyz23456789";
  const drawn = crypto.getRandomValues(new Uint32Array(8));
  return [...drawn].map((number, at) => letters[number % (at ? letters.length : 22)]).join("");
}

// Only what the record holds, each as one text that can be compared.
function flat(values) {
  const { speaker, proposition, stance, kind, certainty, note = "", capacities } = values;
  const texts = Object.entries(values).filter(([name]) => /^(condition|summary)_/.test(name));
  return { speaker: speaker?.id ?? "", proposition: proposition?.id ?? "", stance, kind, certainty, note, capacities, ...Object.fromEntries(texts) };
}

function fitting(options, typed) {
  const asked = folded(typed).split(" ").filter(Boolean);
  const fit = options.filter((one) => {
    one.folded ??= folded(`${one.words} ${one.label}`);
    return asked.every((word) => one.folded.includes(word));
  });
  return fit.slice(0, MOST_OFFERED);
}

function boxOf(value, label) {
  const line = element("label");
  line.append(element("input", { type: "checkbox", name: "capacities", value }), ` ${label}`);
  return line;
}

function remember(several, id) {
  if (!id) return;
  const at = several.indexOf(id);
  if (at >= 0) several.splice(at, 1);
  several.unshift(id);
}
