// Small questions that stand over the page: which of several, or a word of answer. Escape always answers nothing.

import { element, folded } from "./completion.js";

const FEW = 8; // more are narrowed by typing

function answered(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });
}

// One of the options {id, label, detail, sign, stance}, or null.
export async function choose(title, options, narrowing) {
  const dialog = document.querySelector("#chooser");
  const list = dialog.querySelector("ul");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("input")?.remove();
  list.replaceChildren(...options.map(lineOf));
  if (options.length > FEW) list.before(narrowedBy(list, narrowing));
  const chosen = await answered(dialog);
  return options.find(({ id }) => id === chosen) ?? null;
}

function lineOf({ id, label, detail, sign, stance }) {
  const line = element("li");
  const button = element("button", { value: id, class: `choice stance-${stance}` });
  button.append(element("b", { "aria-hidden": "true" }, sign), ` ${label} `, element("span", { class: "detail" }, detail));
  line.append(button);
  return line;
}

function narrowedBy(list, label) {
  const input = element("input", { "aria-label": label, autofocus: "" });
  input.addEventListener("input", () => {
    const asked = folded(input.value).split(" ");
    for (const line of list.children) line.hidden = !asked.every((word) => folded(line.textContent).includes(word));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    list.querySelector("li:not([hidden]) button")?.click();
  });
  return input;
}

// The words that were answered; null where the question was not.
export async function ask(title, label, yes) {
  const dialog = document.querySelector("#asker");
  const input = dialog.querySelector("input");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("#asked-label").textContent = label;
  dialog.querySelector("#asked-label").hidden = input.hidden = !label;
  dialog.querySelector("#asker-yes").textContent = yes;
  input.value = "";
  return (await answered(dialog)) ? input.value : null;
}
