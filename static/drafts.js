// Keeps what is typed into a long form in the browser, and offers it again after a crash, a closed tab or an ended
// session. A form opts in by an element within it (or by itself) with these attributes:
//
//   data-draft             the address that the draft belongs to
//   data-draft-user        whose it is
//   data-draft-revision    the revision of the record that the form was opened from; 0 of a new one
//   data-draft-unsaved     if the form comes back with what was typed and not saved: the `_draft` that was sent with it
//   data-found, data-changed, data-take, data-discard, data-taken, data-full   words: see editing/guarding/_draft.html,
//                          which has all of this: {% include "editing/guarding/_draft.html" with revision=… %}
//
// The offer is shown in that element. A field with data-no-draft is not kept, nor is a password, a file or a token; a form
// with a password in it keeps nothing at all. The draft goes with `_draft`, its id, when the form is sent, and is thrown
// away when the server says that it was saved: `editing.guarding.drafts.saved(request, response)` does.
//
// What the form says of the versions it was opened from, in a field `_seen`, goes with the draft: where the record was
// changed since, it is compared with what the draft was made from when it is saved.
//
// Before a draft is put into the form, the form gets a `draft:restore` event with its fields as `event.detail`, so that a
// screen can make the rows that it lacks; rows of the admin's inlines are made here.
(() => {
  "use strict";

  const PATIENCE = 400; // milliseconds after a key
  const LONGEST_KEPT = 30 * 24 * 3600 * 1000;
  const PREFIX = "draft:";
  const DONE = "drafts_done"; // the cookie with the ids of what was saved
  const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "_seen", "_seen_before", "_asked", "_draft"]);

  const random = () => Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join("");

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function forgetWhatIsDone() {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${DONE}=`));
    const done = new Set(cookie ? cookie.slice(DONE.length + 1).split(".") : []);
    const oldest = Date.now() - LONGEST_KEPT;
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const draft = read(key);
      if (!draft || done.has(draft.id) || draft.when < oldest) localStorage.removeItem(key);
    }
    if (cookie) document.cookie = `${DONE}=; path=/; max-age=0; samesite=lax`;
  }

  // A form as its fields: by name the values, those of a choice with their labels.
  function fieldsOf(form) {
    const fields = {};
    for (const one of form.elements) {
      if (!one.name || NEVER_KEPT.has(one.name) || "noDraft" in one.dataset || one.name.includes("__prefix__")) continue;
      if (["password", "file", "submit", "button", "reset", "image"].includes(one.type)) continue;
      const values = (fields[one.name] ??= []);
      if (one.type === "checkbox" || one.type === "radio") {
        if (one.checked) values.push([one.value]);
      } else if (one.tagName === "SELECT") {
        for (const option of one.selectedOptions) values.push([option.value, option.text]);
      } else {
        values.push([one.value]);
      }
    }
    return fields;
  }

  const same = (some, others) => JSON.stringify(bare(some)) === JSON.stringify(bare(others));
  const bare = (fields) =>
    Object.entries(fields)
      .map(([name, values]) => [name, values.map(([value]) => value.replaceAll("\r\n", "\n")).filter(Boolean)])
      .filter(([, values]) => values.length)
      .sort(([one], [other]) => (one < other ? -1 : 1));

  class Draft {
    constructor(place) {
      this.place = place;
      this.form = place.closest("form");
      const { draft, draftUser } = place.dataset;
      this.stem = `${PREFIX}${draftUser}:${draft.replace(/^\/[a-z]{2}(?=\/admin\/)/, "")}:`; // one for all languages
      this.revision = Number(place.dataset.draftRevision);
      sessionStorage.draftTab ??= random();
      this.key = this.stem + sessionStorage.draftTab;
    }

    begin() {
      this.unchanged = fieldsOf(this.form);
      this.unsaved = "draftUnsaved" in this.place.dataset;
      this.form.addEventListener("input", () => this.keepSoon());
      this.form.addEventListener("change", () => this.keepSoon());
      document.addEventListener("formset:added", () => this.keepSoon());
      document.addEventListener("formset:removed", () => this.keepSoon());
      this.form.addEventListener("submit", () => this.send());
      window.addEventListener("pagehide", () => this.keep());
      document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.keep());
      window.addEventListener("beforeunload", (event) => this.leave(event));
      window.addEventListener("pageshow", () => (this.isSent = false)); // somebody came back to it
      this.offer();
    }

    get isDirty() {
      return this.unsaved || !same(fieldsOf(this.form), this.unchanged);
    }

    keepSoon() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.keep(), PATIENCE);
    }

    // Nothing is kept before an older draft was taken or thrown away, and somebody typed.
    keep() {
      clearTimeout(this.waiting);
      if (!this.isDirty) {
        if (this.id) localStorage.removeItem(this.key);
        return;
      }
      if (!this.id) this.key = this.unused(this.key);
      this.id ??= random();
      const [revision, seen] = [this.revision, this.form.elements._seen?.value];
      const draft = { id: this.id, when: Date.now(), revision, seen, fields: fieldsOf(this.form) };
      try {
        localStorage.setItem(this.key, JSON.stringify(draft));
      } catch {
        this.say(this.place.dataset.full);
      }
    }

    unused(key) {
      return localStorage.getItem(key) === null ? key : `${key}-${random()}`;
    }

    send() {
      this.keep();
      this.isSent = true;
      if (!this.id) return;
      let field = this.form.querySelector("input[name=_draft]");
      if (!field) {
        field = Object.assign(document.createElement("input"), { type: "hidden", name: "_draft" });
        this.form.append(field);
      }
      field.value = this.id;
    }

    leave(event) {
      this.keep();
      if (this.isDirty && !this.isSent) event.preventDefault();
    }

    // The newest of this address that is not what the form shows already.
    offer() {
      const found = Object.keys(localStorage)
        .filter((key) => key.startsWith(this.stem))
        .map((key) => ({ key, ...read(key) }))
        .sort((one, other) => other.when - one.when);
      for (const draft of found) {
        if (this.unsaved && draft.id === this.place.dataset.draftUnsaved) {
          [this.id, this.key] = [draft.id, draft.key]; // sent, and come back
          this.keep();
        } else if (same(draft.fields, this.unchanged)) {
          localStorage.removeItem(draft.key);
        } else {
          return this.show(draft);
        }
      }
    }

    show(draft) {
      const words = this.place.dataset;
      const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
      this.say(`${words.found} ${when.format(draft.when)}.`);
      if (draft.revision !== this.revision) this.add("p", words.changed).className = "warning";
      this.add("button", words.take).addEventListener("click", () => this.take(draft));
      this.add("button", words.discard).addEventListener("click", () => {
        localStorage.removeItem(draft.key);
        this.place.hidden = true;
        this.offer();
      });
    }

    say(text) {
      this.place.replaceChildren();
      this.place.className = "standing-notice draft-offer";
      this.place.setAttribute("role", "status");
      this.place.hidden = false;
      this.add("p", text);
    }

    add(tag, text) {
      const made = Object.assign(document.createElement(tag), { textContent: text });
      if (tag === "button") made.type = "button";
      this.place.append(made);
      return made;
    }

    take(draft) {
      this.form.dispatchEvent(new CustomEvent("draft:restore", { bubbles: true, detail: draft.fields }));
      this.makeRows(draft.fields);
      for (const [name, values] of Object.entries(draft.fields)) {
        if (!name.endsWith("_FORMS")) this.fill(this.form.elements[name], values);
      }
      if (draft.seen && this.form.elements._seen) this.form.elements._seen.value = draft.seen;
      [this.id, this.key, this.revision] = [draft.id, draft.key, draft.revision];
      this.say(this.place.dataset.taken);
      this.place.tabIndex = -1;
      this.place.focus();
      this.keep();
    }

    makeRows(fields) {
      for (const [name, [[count]]] of Object.entries(fields).filter(([name]) => name.endsWith("-TOTAL_FORMS"))) {
        const total = this.form.elements[name];
        const more = this.form.querySelector(`#${name.slice(0, -"-TOTAL_FORMS".length)}-group .add-row a`);
        while (total && more && Number(total.value) < Number(count)) {
          const before = total.value;
          more.click();
          if (total.value === before) break;
        }
      }
    }

    fill(found, values) {
      if (!found) return;
      const several = found instanceof RadioNodeList ? [...found] : [found];
      for (const [number, one] of several.entries()) {
        if (one.type === "checkbox" || one.type === "radio") {
          one.checked = values.some(([value]) => value === one.value);
        } else if (one.tagName === "SELECT") {
          this.choose(one, values);
        } else if (values[number]) {
          [one.value] = values[number];
        }
        if (one.type !== "hidden") one.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }

    choose(select, values) {
      for (const option of select.options) option.selected = false;
      for (const [value, label] of values) {
        let option = [...select.options].find((one) => one.value === value);
        if (!option) select.append((option = new Option(label, value)));
        option.selected = true;
      }
    }
  }

  forgetWhatIsDone();
  // Once all scripts have made what they make of the form: the admin's fill in fields when the page is ready.
  addEventListener("load", () => {
    for (const place of document.querySelectorAll("[data-draft]")) {
      if (!place.closest("form")?.querySelector("input[type=password]")) new Draft(place).begin();
    }
  });
})();
