// Pasting from a page keeps its paragraphs: the server reads them out of the HTML. Without this file the plain text of the
// clipboard is pasted, as browsers do.
(() => {
  "use strict";

  const MOST = 3_000_000; // characters of HTML that are sent; more comes in as plain text
  const form = document.getElementById("text-form");
  const area = form.elements.text;
  const told = document.getElementById("pasted");

  area.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    if (!html || html.length > MOST) return;
    event.preventDefault();
    paste(html, event.clipboardData.getData("text/plain"));
  });

  async function paste(html, plain) {
    area.readOnly = true; // what is written meanwhile would come before what was pasted
    let text = plain;
    try {
      const body = new FormData();
      body.append("html", html);
      const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
      const response = await fetch(told.dataset.address, { method: "POST", body, headers });
      if (!response.ok) throw new Error(response.statusText);
      ({ text } = await response.json());
      told.textContent = told.dataset.cleaned;
    } catch {
      told.textContent = told.dataset.failed;
    }
    area.readOnly = false;
    area.focus();
    insert(text);
  }

  // As if it had been typed, so that it can be taken back; browsers that can't do that put it there all the same.
  function insert(text) {
    if (document.execCommand("insertText", false, text)) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  }
})();
