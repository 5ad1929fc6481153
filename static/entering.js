// The table of a new debate as a sheet: keys, completion, pasting, and what is unfinished kept in the browser. Without
// this file it is a form with a number of rows.
(() => {
  "use strict";

  const form = document.getElementById("entering");
  if (!form) return;
  const PATIENCE = 150; // milliseconds after a key before anything is asked
  const KEPT = "entering:"; // of what the browser keeps; the mark of the entry follows
  const MOST_KEPT = 5;
  const texts = JSON.parse(document.getElementById("entering-texts").textContent);
  const closed = JSON.parse(document.getElementById("entering-options").textContent);
  const people = form.querySelector("[data-people]");
  const blank = form.querySelector("[data-blank]").content.querySelector("tr");
  const tools = document.querySelector("[data-row-tools]").content;
  const undo = document.querySelector("[data-undo]").content;
  const most = Number(form.dataset.most);
  const kinds = { name: "person", organization: "organization" };

  const isComposing = (event) => event.isComposing || event.keyCode === 229; // the key belongs to the input method
  const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  const plain = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();
  const told = (one) => [one.label, one.detail].filter(Boolean).join(" – ");
  const rows = () => [...people.querySelectorAll("tr[data-row]")];
  const rowOf = (element) => element.closest("tr[data-row]");
  const cell = (row, column) => row?.querySelector(`[data-column="${column}"]`);
  const cells = (row) => [...row.querySelectorAll("[data-column]")].filter((one) => one.offsetParent !== null);
  const choiceOf = (input) => input.closest("td")?.querySelector("[data-choice]");
  const language = () => form.elements["event-language"].value;
  const isEmpty = (row) => [...row.querySelectorAll("input[type=text]")].every((one) => !one.value.trim());

  function say(text, action) {
    const status = form.querySelector("[data-told]");
    status.replaceChildren(text, ...(action ? [" ", action] : []));
  }

  // ---- what a name will come to -------------------------------------------------------------------------------

  function choose(input, value, label) {
    const select = choiceOf(input);
    if (!select) return;
    if (![...select.options].some((one) => one.value === value)) select.add(new Option(label, value));
    select.value = value;
  }

  function mark(input, state, words) {
    const shown = input.closest("td")?.querySelector(".mark");
    if (!shown) return;
    shown.dataset.state = state;
    shown.textContent = words;
  }

  // From those of whom it may be the name, unless somebody has said so already.
  function markByName(input, near) {
    const select = choiceOf(input);
    if (!input.value.trim() || select.value) return;
    const other = elsewhere(input);
    const same = near.filter((one) => one.same);
    if (other) mark(input, "same", filled(texts.same, { row: other }));
    else if (input.dataset.column === "organization" && same.length === 1) mark(input, "known", filled(texts.known, { who: told(same[0]) }));
    else if (near.length) mark(input, "open", filled(texts.open, { who: told(near[0]) }));
    else mark(input, "new", texts.new);
  }

  // The number of another row in which it was said who is meant by this name.
  function elsewhere(input) {
    const at = rows().findIndex((row) => {
      const other = cell(row, input.dataset.column);
      return other && other !== input && plain(other.value) === plain(input.value) && choiceOf(other).value;
    });
    return at + 1;
  }

  function markAbove(row) {
    const name = cell(row, "name");
    if (name.value.trim()) return;
    const isMore = !isEmpty(row) && rows().indexOf(row) > 0;
    mark(name, isMore ? "same" : "", isMore ? texts.above : "");
  }

  // ---- completion ---------------------------------------------------------------------------------------------

  const list = document.createElement("ul");
  list.id = "entering-offered";
  list.className = "entering-offered";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", texts.offered);
  form.append(list);
  let owner = null; // the box that the list belongs to
  let place = -1;
  const waiting = new Map(); // by box, what will be asked soon

  async function found(kind, text) {
    const asked = new URLSearchParams({ kind, q: text, language: language() });
    const response = await fetch(`${form.dataset.known}?${asked}`);
    return response.ok ? (await response.json()).found : [];
  }

  function matching(column, text) {
    const wanted = plain(text);
    const titles = [...form.querySelectorAll("tr[data-session] input")].map((one) => one.value.trim()).filter(Boolean);
    const words = column === "session" ? [...titles, ...closed.session] : closed[column];
    const begins = words.filter((word) => plain(word).startsWith(wanted));
    return [...begins, ...words.filter((word) => wanted && !begins.includes(word) && plain(word).includes(wanted))];
  }

  async function offer(input, isAsked) {
    const { column } = input.dataset;
    const text = input.value.trim();
    if (closed[column]) {
      const words = matching(column, isAsked ? "" : text);
      const at = text && !isAsked ? 0 : words.indexOf(text);
      if (text || isAsked) show(input, words.map((label) => ({ label, text: label })), at);
      else close();
    } else if (text && text.length <= 100) {
      await offerNames(input, column ? kinds[column] : "source", text);
    } else {
      close();
    }
  }

  async function offerNames(input, kind, text) {
    let several = [];
    let themselves = [];
    try {
      [several, themselves] = await Promise.all([
        found(kind, text),
        kind === "person" ? found("organization", text) : [],
      ]);
    } catch {
      return; // not reached; the server looks again when all is sent
    }
    if (input.value.trim() !== text) return;
    if (kind !== "source") markByName(input, several.filter((one) => one.near));
    const known = several.map((one) => ({ ...one, value: String(one.key), text: one.label }));
    const organizations = themselves
      .filter((one) => one.near)
      .map((one) => ({ ...one, value: `organization:${one.key}`, text: one.label }));
    if (document.activeElement === input) show(input, [...known, ...organizations, ...made(input, kind, text, several)], -1);
  }

  function made(input, kind, text, several) {
    if (kind === "source") return [];
    const offers = [{ value: "new", label: filled(texts.makeNew, { name: text }), text, near: several.filter((one) => one.near) }];
    if (kind === "person") {
      if (sameName(input)) offers.push({ value: "another", label: texts.makeAnother, text });
      offers.push({ value: "label", label: texts.makeLabel, text });
      offers.push({ value: "organization:new", label: texts.makeOrganization, text });
    }
    return offers;
  }

  const sameName = (input) =>
    rows().some((row) => cell(row, "name") !== input && plain(cell(row, "name").value) === plain(input.value));

  function show(input, offers, chosen) {
    if (owner && owner !== input) close();
    owner = input;
    list.replaceChildren(...offers.map(item));
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const box = input.getBoundingClientRect();
    const below = window.innerHeight - box.bottom;
    list.style.insetInlineStart = `${Math.max(4, Math.min(box.left, window.innerWidth - 340))}px`;
    list.style.minInlineSize = `${Math.max(box.width, 220)}px`;
    list.style.top = below > 220 || below > box.top ? `${box.bottom + 2}px` : "auto";
    list.style.bottom = below > 220 || below > box.top ? "auto" : `${window.innerHeight - box.top + 2}px`;
    light(list.hidden ? -1 : chosen);
  }

  function item(one, at) {
    const option = document.createElement("li");
    option.id = `${list.id}-${at}`;
    option.setAttribute("role", "option");
    option.offered = one;
    option.append(span("offered-label", one.label));
    if (one.detail) option.append(span("offered-more", one.detail));
    if (!one.key && one.value) option.classList.add("offered-new");
    return option;
  }

  function span(name, text) {
    const element = document.createElement("span");
    element.className = name;
    element.textContent = text;
    return element;
  }

  function light(at) {
    place = at;
    [...list.children].forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
    const option = list.children[at];
    if (option) {
      owner.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      owner?.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    if (!owner) return;
    list.hidden = true;
    owner.setAttribute("aria-expanded", "false");
    owner.removeAttribute("aria-activedescendant");
    owner = null;
    place = -1;
  }

  const isOpen = (input) => owner === input && !list.hidden;

  function take(input) {
    const one = list.children[place]?.offered;
    clearTimeout(waiting.get(input));
    waiting.delete(input);
    close();
    if (!one) return;
    input.value = one.text;
    if (input.name === "source-known") chooseSource(one);
    else if (one.value) {
      choose(input, one.value, told(one));
      markChosen(input, one);
    }
    kept();
  }

  function markChosen(input, one) {
    if (one.key) mark(input, "known", filled(texts.known, { who: told(one) }));
    else if (one.value === "label") mark(input, "label", texts.label);
    else if (one.near?.length) mark(input, "new", filled(texts.beside, { who: told(one.near[0]) }));
    else mark(input, "new", texts.new);
  }

  function chooseSource(one) {
    const select = form.elements["source-chosen"];
    if (![...select.options].some((option) => option.value === one.value)) select.add(new Option(told(one), one.value));
    select.value = one.value;
    showNewSource();
  }

  function showNewSource() {
    const { value } = form.elements["source-chosen"];
    form.querySelector("[data-new-source]").hidden = /^\d+$/.test(value);
  }

  function askSoon(input) {
    clearTimeout(waiting.get(input));
    waiting.set(input, setTimeout(() => askNow(input), PATIENCE));
  }

  function askNow(input) {
    if (!waiting.has(input)) return;
    clearTimeout(waiting.get(input));
    waiting.delete(input);
    if (document.activeElement === input || input.dataset.column in kinds) offer(input);
  }

  function completes(input) {
    return input.matches("[data-column]") ? input.dataset.column in closed || input.dataset.column in kinds : input.name === "source-known";
  }

  function prepare(input) {
    if (!completes(input)) return;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("autocomplete", "off");
  }

  // ---- rows ---------------------------------------------------------------------------------------------------

  function addRow(before = null) {
    if (rows().length >= most) {
      say(texts.full);
      return null;
    }
    const row = blank.cloneNode(true);
    people.insertBefore(row, before);
    equip(row);
    renumber();
    return row;
  }

  function equip(row) {
    row.querySelectorAll("input").forEach(prepare);
    row.querySelector("[data-tools]").append(tools.cloneNode(true));
  }

  function renumber() {
    const several = rows();
    several.forEach((row, at) => {
      for (const element of [row, ...row.querySelectorAll("*")]) {
        for (const name of ["id", "name", "aria-labelledby", "aria-describedby"]) {
          const value = element.getAttribute(name);
          if (!value) continue;
          element.setAttribute(name, value.replace(/rows-\d+-/g, `rows-${at}-`).replace(/\brow-\d+/g, `row-${at + 1}`));
        }
      }
      row.querySelector("[data-number]").textContent = at + 1;
    });
    form.elements["rows-TOTAL_FORMS"].value = several.length;
  }

  function moved(row, step) {
    const several = rows();
    const at = several.indexOf(row);
    const to = at + step;
    if (to < 0 || to >= several.length) return;
    several[to][step < 0 ? "before" : "after"](row);
    tidy();
    say(filled(texts.moved, { from: at + 1, row: to + 1 }));
  }

  function removed(row, column) {
    const at = rows().indexOf(row);
    if (rows().length === 1) addRow();
    const wasEmpty = isEmpty(row);
    row.remove();
    tidy();
    const next = rows()[Math.min(at, rows().length - 1)];
    if (column) go(next, column);
    const back = undo.cloneNode(true).firstElementChild;
    back.addEventListener("click", () => {
      people.insertBefore(row, rows()[at] ?? null);
      tidy();
      say("");
      go(row, "name");
    });
    say(filled(texts.deleted, { row: at + 1 }), wasEmpty ? null : back);
  }

  // Marks of mistakes beneath a row belong to where it stood.
  function tidy() {
    people.querySelectorAll(".row-wrong").forEach((one) => one.remove());
    renumber();
    kept();
  }

  // There is always an empty row below the last one of the short tables.
  function growBelow(row) {
    if (!row || row.nextElementSibling) return;
    const prefix = "host" in row.dataset ? "hosts" : "sessions";
    const total = form.elements[`${prefix}-TOTAL_FORMS`];
    const at = Number(total.value);
    const next = row.cloneNode(true);
    for (const element of next.querySelectorAll("*")) {
      for (const name of ["id", "name", "aria-labelledby", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (!value) continue;
        element.setAttribute(name, value.replace(/s-\d+-/g, `s-${at}-`).replace(/\b(host|session)-\d+/g, `$1-${at + 1}`));
      }
    }
    next.querySelectorAll(".errorlist").forEach((one) => one.remove());
    next.querySelectorAll("input").forEach((one) => { one.value = ""; });
    next.querySelectorAll("select").forEach((one) => { one.selectedIndex = 0; });
    next.querySelectorAll(".mark").forEach((one) => { one.textContent = ""; });
    next.querySelector("[data-number]").textContent = at + 1;
    total.value = at + 1;
    row.after(next);
  }

  // ---- keys ---------------------------------------------------------------------------------------------------

  let start = "name"; // the column in which going from cell to cell began, to which Enter returns
  let isTabbing = false;
  let isWithin = false; // F2: arrows stay in the cell

  function go(row, column) {
    const input = cell(row, column);
    if (!input) return;
    input.focus();
    input.select?.();
    input.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function beside(input, step) {
    const several = cells(rowOf(input));
    const other = several[several.indexOf(input) + step];
    if (other) go(rowOf(other), other.dataset.column);
    return Boolean(other);
  }

  function beneath(input, step, column) {
    const several = rows();
    const row = several[several.indexOf(rowOf(input)) + step] ?? (step > 0 && !isEmpty(rowOf(input)) ? addRow() : null);
    if (row) go(row, column);
  }

  function isAtEdge(input, step) {
    if (isWithin || input.type !== "text") return !isWithin;
    const isAll = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const edge = step < 0 ? 0 : input.value.length;
    return isAll || (input.selectionStart === edge && input.selectionEnd === edge);
  }

  function onListKey(event, input) {
    const size = list.children.length + 1;
    if (event.key === "ArrowDown") light(((place + 2) % size) - 1);
    else if (event.key === "ArrowUp") light(((place + size) % size) - 1);
    else if (event.key === "Enter" && place >= 0 && !event.ctrlKey && !event.metaKey) take(input);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    return true;
  }

  function onCellKey(event, input) {
    const { column } = input.dataset;
    const row = rowOf(input);
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const isUpright = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (event.altKey && event.shiftKey && isUpright) {
      moved(row, step);
      go(row, column);
    } else if (event.altKey && event.key === "ArrowDown" && completes(input)) offer(input, true);
    else if (event.altKey && event.key === "Delete") removed(row, column);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") fillDown(input);
    else if (isBare && !event.shiftKey && isUpright) beneath(input, step, column);
    else if (isBare && !event.shiftKey && step && isAtEdge(input, step)) {
      if (!beside(input, step)) return;
    } else if (isBare && event.key === "Enter") {
      close();
      beneath(input, event.shiftKey ? -1 : 1, start);
    } else if (event.key === "F2") {
      isWithin = true;
      input.setSelectionRange?.(input.value.length, input.value.length);
    } else if (isBare && event.key === "Tab" && !event.shiftKey && isLast(input) && !isEmpty(row)) {
      const next = addRow();
      if (!next) return;
      go(next, "name");
    } else return;
    event.preventDefault();
  }

  function isLast(input) {
    const row = rowOf(input);
    return row === rows().at(-1) && input === cells(row).at(-1);
  }

  function fillDown(input) {
    const several = rows();
    const above = cell(several[several.indexOf(rowOf(input)) - 1], input.dataset.column);
    if (!above) return;
    input.value = above.value;
    input.checked = above.checked;
    if (choiceOf(input)) copyChoice(above, input);
    close();
    kept();
  }

  function copyChoice(from, to) {
    const chosen = choiceOf(from).selectedOptions[0];
    choose(to, chosen?.value ?? "", chosen?.textContent ?? "");
    const shown = from.closest("td").querySelector(".mark");
    mark(to, shown.dataset.state ?? "", shown.textContent);
  }

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (isComposing(event) || !input.matches("input")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      close();
      form.requestSubmit(form.querySelector(".submit-row [value=check]"));
      return;
    }
    if (isOpen(input) && onListKey(event, input)) return;
    if (event.key === "Tab" && isOpen(input)) place >= 0 ? take(input) : close();
    isTabbing = event.key === "Tab";
    if (input.closest("[data-people]") && input.matches("[data-column]")) onCellKey(event, input);
    else if (event.key === "ArrowDown" && completes(input)) {
      event.preventDefault();
      offer(input, true);
    } else if (event.key === "Enter" && input.type !== "submit") event.preventDefault(); // a form this long is not sent by a slip
  });

  form.addEventListener("focusin", ({ target }) => {
    isWithin = false;
    if (target.matches?.("[data-column]") && !isTabbing) start = target.dataset.column;
    isTabbing = false;
  });

  form.addEventListener("focusout", ({ target }) => {
    askNow(target); // who goes on fast is answered, too
    if (owner === target) setTimeout(() => document.activeElement !== target && owner === target && close(), 0);
    if (target.closest?.("[data-people]") && rowOf(target)) markAbove(rowOf(target));
  });

  form.addEventListener("input", ({ target }) => {
    if (target.matches("[data-column=name], [data-column=organization]")) {
      choose(target, "", "—");
      mark(target, "", "");
    }
    if (target.name === "source-known") {
      form.elements["source-chosen"].value = "";
      showNewSource();
    }
    if (completes(target)) askSoon(target);
    growBelow(target.closest("tr[data-host], tr[data-session]"));
    if (target.name?.endsWith("-date")) understandSoon(target);
    kept();
  });
  form.addEventListener("compositionend", ({ target }) => completes(target) && askSoon(target));
  form.addEventListener("change", ({ target }) => {
    if (target.name === "source-chosen") showNewSource();
    kept();
  });

  list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (!option) return;
    light([...list.children].indexOf(option));
    take(owner);
  });
  form.querySelector(".entering-scroll").addEventListener("scroll", close);
  window.addEventListener("scroll", close, { passive: true });

  people.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const row = rowOf(button);
    if (button.dataset.move) moved(row, Number(button.dataset.move));
    else removed(row, "name");
  });

  // ---- pasting ------------------------------------------------------------------------------------------------

  people.addEventListener("paste", (event) => {
    const text = tableIn(event.clipboardData.getData("text/html")) || event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const at = rows().indexOf(rowOf(event.target));
    paste(text, event.target.dataset.column ?? "name", at);
  });

  form.querySelector("[value=paste]").addEventListener("click", async (event) => {
    event.preventDefault();
    const area = form.elements.pasted;
    const at = rows().findLastIndex((row) => !isEmpty(row)) + 1;
    if (await paste(area.value, "name", at)) area.value = "";
  });

  // A table as tabs and lines; a cell that reaches over several says the same in each.
  function tableIn(html) {
    const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
    if (!table) return "";
    const grid = [];
    [...table.rows].forEach((row, at) => {
      grid[at] ??= [];
      let column = 0;
      for (const one of row.cells) {
        while (grid[at][column] !== undefined) column += 1;
        const text = one.textContent.replace(/\s+/g, " ").trim();
        for (let down = 0; down < Math.min(one.rowSpan || 1, table.rows.length - at); down += 1) {
          (grid[at + down] ??= [])[column] = text;
          for (let right = 1; right < one.colSpan; right += 1) grid[at + down][column + right] = "";
        }
        column += one.colSpan;
      }
    });
    return grid.map((line) => Array.from(line, (text) => (text ?? "").replaceAll('"', "”")).join("\t")).join("\n");
  }

  async function paste(text, first, at) {
    const body = new FormData();
    body.set("text", text);
    body.set("first", first);
    body.set("language", language());
    let answer = null;
    try {
      const token = form.elements.csrfmiddlewaretoken.value;
      const response = await fetch(form.dataset.rows, { method: "POST", body, headers: { "X-CSRFToken": token } });
      if (response.ok) answer = await response.json();
    } catch {
      // told below
    }
    if (!answer) {
      say(texts.failed);
      return false;
    }
    close(); // what was offered was for the words before
    answer.rows.forEach((values, number) => fill(rows()[at + number] ?? addRow(), values, answer.near));
    const pasted = answer.rows.length ? [filled(texts.pasted, { count: answer.rows.length })] : [];
    say([...pasted, ...answer.told].join(" "));
    if (answer.rows.some((values) => Object.keys(values).some((column) => blank.querySelector(`.more.cell-${column}`)))) more(true);
    kept();
    return true;
  }

  function fill(row, values, near) {
    if (!row) return;
    for (const [column, value] of Object.entries(values)) {
      const input = cell(row, column);
      clearTimeout(waiting.get(input));
      waiting.delete(input); // nobody is writing there any more
      if (input.type === "checkbox") input.checked = true;
      else input.value = value;
      if (!(column in kinds)) continue;
      choose(input, "", "—");
      markByName(input, near[column][value] ?? []);
    }
    markAbove(row);
  }

  // ---- dates, rarer columns, what is kept --------------------------------------------------------------------

  const understanding = new Map();

  function understandSoon(input) {
    clearTimeout(understanding.get(input));
    understanding.set(input, setTimeout(() => understand(input), PATIENCE));
  }

  async function understand(input) {
    const written = input.value.trim();
    const shown = form.querySelector(`[data-understood="${input.id}"]`);
    try {
      const response = await fetch(`${form.dataset.date}?${new URLSearchParams({ date: written })}`);
      const { words, mistake } = await response.json();
      if (input.value.trim() !== written) return;
      shown.textContent = words || mistake;
      shown.classList.toggle("is-wrong", Boolean(mistake));
    } catch {
      shown.textContent = "";
    }
  }

  const shows = form.querySelector("[data-show-more]");

  function more(isShown) {
    shows.checked = isShown;
    people.closest("table").classList.toggle("is-brief", !isShown);
  }

  shows.addEventListener("change", () => more(shows.checked));

  let keeping = 0;

  function kept() {
    clearTimeout(keeping);
    keeping = setTimeout(keep, 400);
  }

  function keep() {
    clearTimeout(keeping);
    const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && value !== "");
    const title = form.elements["event-title"].value.trim();
    if (!title && rows().every(isEmpty)) return;
    try {
      localStorage.setItem(KEPT + form.elements.mark.value, JSON.stringify({ when: Date.now(), title, fields }));
      stored().slice(MOST_KEPT).forEach(([key]) => localStorage.removeItem(key));
    } catch {
      // a browser that keeps nothing
    }
  }

  // The newest first; what can't be read is none.
  function stored() {
    const several = [];
    for (let at = 0; at < localStorage.length; at += 1) {
      const key = localStorage.key(at);
      if (!key.startsWith(KEPT)) continue;
      try {
        several.push([key, JSON.parse(localStorage.getItem(key))]);
      } catch {
        // somebody else's
      }
    }
    return several.sort(([, one], [, other]) => other.when - one.when);
  }

  function offerKept() {
    if ("begun" in form.dataset) return;
    let newest;
    try {
      [newest] = stored();
    } catch {
      return;
    }
    if (!newest) return;
    const [key, draft] = newest;
    const banner = document.querySelector("[data-kept]");
    const when = new Date(draft.when).toLocaleString(document.documentElement.lang);
    banner.querySelector("[data-kept-words]").textContent = filled(texts.kept, { when, title: draft.title || texts.nameless });
    banner.querySelector("[data-take-up]").addEventListener("click", () => takeUp(draft));
    banner.querySelector("[data-discard]").addEventListener("click", () => {
      localStorage.removeItem(key);
      banner.hidden = true;
    });
    banner.hidden = false;
  }

  // The server fills the form, as it does when something is wrong.
  function takeUp(draft) {
    const sent = document.createElement("form");
    sent.method = "post";
    sent.action = form.action;
    sent.hidden = true;
    const token = ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value];
    for (const [name, value] of [...draft.fields, token, ["step", "edit"]]) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      sent.append(input);
    }
    document.body.append(sent);
    sent.submit();
  }

  form.querySelector("[data-add-row]").addEventListener("click", (event) => {
    event.preventDefault();
    const row = addRow();
    if (row) go(row, "name");
  });
  form.addEventListener("submit", keep);
  window.addEventListener("pagehide", () => keep());

  form.classList.add("is-live");
  form.querySelector("[data-switch]").hidden = false;
  rows().forEach(equip);
  form.querySelectorAll("tr[data-host] input, [name=source-known]").forEach(prepare);
  rows().forEach(markAbove);
  more(shows.checked);
  showNewSource();
  for (const input of form.querySelectorAll("[name$=-date]")) if (input.value) understand(input);
  offerKept();
  form.querySelector("[aria-invalid=true]")?.focus();
})();
