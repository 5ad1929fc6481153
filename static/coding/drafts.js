// Forms that were begun and not saved, kept in this browser for one person and one source.

export class Drafts {
  constructor(user, source) {
    this.prefix = `coding:${user}:${source}:`;
  }

  // False where the browser keeps nothing.
  keep(what, values) {
    try {
      localStorage.setItem(this.prefix + what, JSON.stringify({ ...values, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  // What was kept of it, or null.
  of(what) {
    return this.#read(this.prefix + what);
  }

  drop(what) {
    try {
      localStorage.removeItem(this.prefix + what);
    } catch {
      // then there is nothing to remove
    }
  }

  // As {what, values}, the newest first.
  get all() {
    return this.#keys()
      .map((key) => ({ what: key.slice(this.prefix.length), values: this.#read(key) }))
      .filter(({ values }) => values)
      .sort((one, other) => other.values.at - one.values.at);
  }

  #keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
    } catch {
      return [];
    }
  }

  #read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }
}
