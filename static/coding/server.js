// Asking the site. What can't be done comes back as a problem: {status, detail, errors, ...}, never as an exception.

const OUT_OF_REACH = 0;

function token() {
  const [, kept] = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie) ?? [];
  return kept ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? ""; // the cookie is newer after a login
}

export class Server {
  constructor(addresses, words, round) {
    this.round = round; // in which the page was opened, or ""
    this.addresses = addresses;
    this.words = words;
  }

  get(address, parameters, signal) {
    return this.#ask(`${address}?${new URLSearchParams(parameters)}`, { signal });
  }

  post(address, values) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
    return this.#ask(address, { method: "POST", headers, body: JSON.stringify({ ...values, round: this.round }) });
  }

  position(id, ...more) {
    return [this.addresses.positions.replace(/\/$/, ""), id, ...more, ""].join("/");
  }

  async #ask(address, options) {
    try {
      const response = await fetch(address, { credentials: "same-origin", redirect: "error", ...options });
      return await this.#read(response);
    } catch (error) {
      if (error.name === "AbortError") return { problem: null };
      return { problem: { status: OUT_OF_REACH, detail: this.words.unreachable, errors: [] } };
    }
  }

  async #read(response) {
    if (/json/.test(response.headers.get("Content-Type") ?? "")) {
      const read = await response.json();
      return response.ok ? { answer: read } : { problem: read };
    }
    // Not from the screen's own addresses: a proxy, or a form that a login elsewhere has made old.
    return { problem: { status: response.status, detail: this.words.failed, errors: [] } };
  }
}
