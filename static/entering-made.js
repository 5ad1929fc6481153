// The debate is made: what the browser kept of its entry is done with.
(() => {
  "use strict";

  const { made } = document.currentScript.dataset;
  try {
    if (made) localStorage.removeItem(`entering:${made}`);
  } catch {
    // a browser that keeps nothing has nothing to let go
  }
})();
