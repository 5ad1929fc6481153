// Search boxes with completion while typing, and "/" to reach them. Without this file they work as any form does.
(() => {
  "use strict";

  const PATIENCE = 120; // milliseconds after a key before anything is asked
  const LONGEST = 100; // letters; whoever writes more is not looking for a name
  const words = document.currentScript.dataset; // the address to ask at, and the words of the page's language

  class Completion {
    constructor(input, number) {
      this.input = input;
      this.list = document.createElement("ul");
      this.list.id = `offered-${number}`;
      this.list.className = "offered";
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", words.offered);
      input.after(this.list);
      this.prepareInput();
      this.listen();
      this.close();
    }

    prepareInput() {
      const attributes = { role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false" };
      for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
      this.input.setAttribute("aria-autocomplete", "list");
      this.input.setAttribute("aria-controls", this.list.id);
      this.input.setAttribute("aria-keyshortcuts", "/");
    }

    listen() {
      this.input.addEventListener("input", () => this.askSoon());
      this.input.addEventListener("compositionend", () => this.askSoon());
      this.input.addEventListener("keydown", (event) => this.onKey(event));
      this.input.addEventListener("blur", () => this.close());
      this.input.form.addEventListener("submit", () => this.close());
      window.addEventListener("pagehide", () => this.close());
      this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
      this.list.addEventListener("click", (event) => this.onClick(event));
    }

    get options() {
      return [...this.list.children];
    }

    askSoon() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.ask(), PATIENCE);
    }

    async ask() {
      this.asking?.abort();
      const text = this.input.value.trim();
      if (!text || text.length > LONGEST) {
        this.close();
        return;
      }
      this.asking = new AbortController();
      const parameters = new URLSearchParams({ q: text, lang: document.documentElement.lang });
      try {
        const response = await fetch(`${words.suggest}?${parameters}`, { signal: this.asking.signal });
        this.show(response.ok ? await response.json() : []);
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }

    show(offered) {
      this.list.replaceChildren(...offered.map((one, place) => option(one, `${this.list.id}-${place}`)));
      this.choose(-1);
      const isOpen = offered.length > 0 && document.activeElement === this.input;
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }

    close() {
      clearTimeout(this.waiting);
      this.asking?.abort();
      this.show([]);
    }

    choose(place) {
      this.place = place;
      this.options.forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
      const chosen = this.options[place];
      if (chosen) {
        this.input.setAttribute("aria-activedescendant", chosen.id);
        chosen.scrollIntoView({ block: "nearest" });
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    // Past either end nothing is chosen, and the words stand as they were written.
    move(step) {
      const places = this.options.length + 1;
      this.choose(((this.place + 1 + step + places) % places) - 1);
    }

    onKey(event) {
      if (event.isComposing || event.keyCode === 229) return; // the key belongs to the input method
      const isOpen = !this.list.hidden;
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
        event.preventDefault();
        if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
        else this.ask();
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault(); // else the browser empties the box
        this.close();
      } else if (event.key === "Enter" && isOpen && this.place >= 0) {
        event.preventDefault();
        go(this.options[this.place], event);
      }
    }

    onClick(event) {
      const chosen = event.target.closest("[role=option]");
      if (chosen) go(chosen, event);
    }
  }

  function option(offered, id) {
    const item = document.createElement("li");
    item.id = id;
    item.setAttribute("role", "option");
    item.dataset.path = pathOf(offered.html_url);
    const kind = offered.is_correction ? words.correction : (words[offered.kind] ?? "");
    item.append(span("offered-label", offered.label), span("offered-more", [kind, offered.detail].filter(Boolean).join(" · ")));
    return item;
  }

  function span(name, text) {
    const element = document.createElement("span");
    element.className = name;
    element.textContent = text;
    return element;
  }

  // Of this site, by whatever name it is reached.
  function pathOf(address) {
    const url = new URL(address, location.href);
    return url.pathname + url.search + url.hash;
  }

  function go(chosen, event) {
    if (event.ctrlKey || event.metaKey) window.open(chosen.dataset.path);
    else location.assign(chosen.dataset.path);
  }

  function isWriting(element) {
    return element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);
  }

  const boxes = [...document.querySelectorAll("input[type=search][name=q]")];
  boxes.forEach((input, number) => new Completion(input, number));

  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (event.key !== "/" || !isPlain || isWriting(event.target)) return;
    const box = boxes.find((input) => input.closest("main")) ?? boxes[0];
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
