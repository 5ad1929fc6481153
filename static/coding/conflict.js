// Two versions of a position, field by field: what somebody typed, and what another has saved meanwhile.

import { element } from "./completion.js";

// Of {field: value} as the form was opened, as it is now, and as the record is now: those that differ, and whether the
// field was changed here at all. One that was not takes theirs.
export function differences(before, yours, theirs) {
  return Object.keys(yours)
    .filter((field) => yours[field] !== theirs[field])
    .map((field) => ({ field, yours: yours[field], theirs: theirs[field], isMine: yours[field] !== before[field] }));
}

export function tableOf(found, { words, labelOf, shown, take }) {
  const table = element("table", { class: "coding-differences" });
  const head = element("tr");
  head.append(...[words.field, words.yours, words.theirs, ""].map((text) => element(text ? "th" : "td", text ? { scope: "col" } : {}, text)));
  table.append(head, ...found.map((one) => rowOf(one, { words, labelOf, shown, take })));
  return table;
}

function rowOf(one, { words, labelOf, shown, take }) {
  const row = element("tr");
  const says = (value) => shown(one.field, value) || words.empty;
  row.append(element("th", { scope: "row" }, labelOf(one.field)), element("td", {}, says(one.yours)), element("td", {}, says(one.theirs)));
  const last = element("td");
  if (one.isMine) {
    const button = element("button", { type: "button", "aria-label": `${words.take_theirs}: ${labelOf(one.field)}` }, words.take_theirs);
    button.addEventListener("click", () => {
      take(one.field);
      row.classList.add("taken");
      button.disabled = true;
    });
    last.append(button);
  }
  row.append(last);
  return row;
}
