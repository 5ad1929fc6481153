// Names what the admin shows in columns, for those who do not see columns: the fields of a row by the heads of their
// columns, the boxes of completion by their labels. Loaded on every page of the admin; each works without it.
(() => {
  "use strict";

  const FIELDS = "input:not([type=hidden]), select, textarea";

  function headOf(cell) {
    const table = cell.closest("table");
    return table?.tHead?.rows[0]?.cells[cell.cellIndex]?.textContent.trim() ?? "";
  }

  function nameRows(root) {
    for (const cell of root.querySelectorAll(".inline-related.tabular td, tr.form-row td")) {
      const head = headOf(cell);
      if (!head) continue;
      for (const field of cell.querySelectorAll(FIELDS)) {
        if (!field.labels?.length && !field.hasAttribute("aria-labelledby")) field.setAttribute("aria-label", head);
      }
    }
  }

  function nameBoxes(root) {
    for (const box of root.querySelectorAll(".select2-selection")) {
      const select = box.closest(".select2")?.previousElementSibling;
      const name = select?.labels?.[0]?.textContent.trim() || select?.getAttribute("aria-label");
      if (!name) continue;
      const chosen = box.querySelector(".select2-selection__rendered");
      box.removeAttribute("aria-labelledby");
      box.setAttribute("aria-label", chosen?.title ? `${name} ${chosen.title}` : name);
      chosen?.setAttribute("aria-label", name);
    }
  }

  // A head without words is none.
  function unnameHeads(root) {
    for (const head of root.querySelectorAll(".inline-related.tabular th")) {
      if (head.textContent.trim()) continue;
      const cell = document.createElement("td");
      cell.className = head.className;
      head.replaceWith(cell);
    }
  }

  function name(root) {
    unnameHeads(root);
    nameRows(root);
    nameBoxes(root);
  }

  // The admin makes the boxes when its jQuery is ready, and asked for that before this file did.
  const whenReady = window.django?.jQuery ?? ((then) => then());
  whenReady(() => name(document));
  document.addEventListener("formset:added", (event) => setTimeout(() => name(event.target)));
  document.addEventListener("change", () => setTimeout(() => nameBoxes(document)));
})();
