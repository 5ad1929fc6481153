// What a key means: never anything while an input method is composing.

const UNITS = { ArrowLeft: "letter", ArrowRight: "letter", ArrowUp: "sentence", ArrowDown: "sentence" };
const LARGER = { letter: "word", sentence: "paragraph" };

export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

// The letter on the key, in lower case, also where a Korean layout would write another; "" beside Ctrl, Alt or Meta.
export function letterOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return "";
  const [, onKey] = /^Key([A-Z])$/.exec(event.code) ?? [];
  const isLatin = /^[\x20-\x7e]$/.test(event.key);
  return (onKey && !isLatin ? onKey : event.key).toLowerCase();
}

export function isWriting(element) {
  return element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);
}

// The step that a key makes in the text: {unit, isForward, extends}; null where it makes none.
export function stepOf(event) {
  const isLarge = event.ctrlKey || event.altKey || event.metaKey;
  if (UNITS[event.key]) {
    const unit = UNITS[event.key];
    const isForward = event.key === "ArrowRight" || event.key === "ArrowDown";
    return { unit: isLarge ? LARGER[unit] : unit, isForward, extends: event.shiftKey };
  }
  if (event.key === "Home" || event.key === "End") {
    return { unit: isLarge ? "text" : "edge", isForward: event.key === "End", extends: event.shiftKey };
  }
  if (event.key === "PageUp" || event.key === "PageDown") {
    return { unit: "page", isForward: event.key === "PageDown", extends: event.shiftKey };
  }
  return null;
}
