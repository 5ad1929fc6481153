// The text with its marks and its caret. A paragraph is drawn again only where something in it has changed.

import { byParagraph, inLanes, pieces } from "./lanes.js";
import { isBefore, isSame, Paragraph, placeOf, pointOf, wordsBetween } from "./places.js";

const ROOM = 90; // pixels kept free above the caret, where the bar is

export class TextView {
  constructor(element, signs) {
    this.element = element;
    this.signs = signs;
    this.elements = [...element.querySelectorAll(".paragraph")];
    this.paragraphs = this.elements.map(
      (one) => new Paragraph(Number(one.dataset.number), Number(one.dataset.start), one.textContent),
    );
    this.indices = new Map(this.elements.map((one, at) => [one, at]));
    this.drawn = new Map();
    this.caret = element.querySelector("#caret");
    this.anchor = this.focus = { paragraph: 0, index: 0 };
  }

  // Passages are {id, start, end, stance, state}; those that are in hand are shown as such.
  draw(passages, inHand = []) {
    const marked = inLanes(passages);
    const held = inHand.map((passage) => ({ ...passage, id: "", lane: -1 }));
    const parts = byParagraph(this.paragraphs, [...marked, ...held]);
    for (const at of new Set([...this.drawn.keys(), ...parts.keys()])) this.#drawParagraph(at, parts.get(at) ?? []);
    this.#showChosen();
  }

  #drawParagraph(at, parts) {
    const signature = JSON.stringify(parts.map(({ from, to, passage: { id, lane, stance, state } }) => [from, to, id, lane, stance, state]));
    if ((this.drawn.get(at) ?? "[]") === signature) return;
    const { text } = this.paragraphs[at];
    this.elements[at].replaceChildren(
      ...pieces(text.length, parts).map((piece) => this.#pieceOf(text.slice(piece.from, piece.to), piece)),
    );
    if (parts.length) this.drawn.set(at, signature);
    else this.drawn.delete(at);
  }

  #pieceOf(words, { from, parts }) {
    if (!parts.length) return document.createTextNode(words);
    const element = document.createElement("mark");
    element.textContent = words;
    for (const { passage } of parts) {
      if (passage.lane < 0) element.classList.add("in-hand");
      else element.classList.add("marked", `lane-${passage.lane + 1}-${passage.stance}`);
      if (passage.state && passage.state !== "exact") element.classList.add("unsettled");
    }
    const marked = parts.filter(({ passage }) => passage.lane >= 0);
    element.dataset.marks = marked.map(({ passage }) => passage.id).join(" ");
    const signs = marked.filter((part) => part.begins && part.from === from).map(({ passage }) => this.signs[passage.stance]);
    if (signs.length) element.dataset.signs = signs.join("");
    return element;
  }

  // --- what is chosen ---

  get isEmpty() {
    return isSame(this.anchor, this.focus);
  }

  get first() {
    return isBefore(this.focus, this.anchor) ? this.focus : this.anchor;
  }

  get last() {
    return isBefore(this.focus, this.anchor) ? this.anchor : this.focus;
  }

  get words() {
    return wordsBetween(this.paragraphs, this.first, this.last);
  }

  // In code points, without the spaces around the words; null where there are none.
  get passage() {
    const { words } = this;
    if (!words.trim()) return null;
    const lead = [...words.slice(0, words.length - words.trimStart().length)].length;
    const rest = [...words.slice(words.trimEnd().length)].length;
    return { start: this.point(this.first) + lead, end: this.point(this.last) - rest };
  }

  choose(anchor, focus = anchor) {
    this.anchor = anchor;
    this.focus = focus;
    this.#showChosen();
  }

  choosePoints(start, end = start) {
    this.choose(this.placeAt(start), this.placeAt(end));
  }

  placeAt(point) {
    return placeOf(this.paragraphs, point);
  }

  point(place) {
    return pointOf(this.paragraphs, place);
  }

  paragraphOf(point) {
    return this.paragraphs[placeOf(this.paragraphs, point).paragraph].number;
  }

  // What the mouse has chosen; false where it was chosen elsewhere, or there is nothing new.
  takeSelection() {
    const selection = document.getSelection();
    if (!selection.anchorNode || !this.element.contains(selection.anchorNode)) return false;
    const anchor = this.#placeIn(selection.anchorNode, selection.anchorOffset);
    const focus = this.#placeIn(selection.focusNode, selection.focusOffset);
    if (isSame(anchor, this.anchor) && isSame(focus, this.focus)) return false;
    this.anchor = anchor;
    this.focus = focus;
    this.#showCaret();
    return true;
  }

  #placeIn(node, offset) {
    const element = (node instanceof Element ? node : node.parentElement)?.closest(".paragraph");
    if (!this.element.contains(node)) return this.#edgeTowards(node);
    if (!element) return this.#placeBetween(node, offset);
    const before = document.createRange();
    before.setStart(element, 0);
    before.setEnd(node, offset);
    return { paragraph: this.indices.get(element), index: before.toString().length };
  }

  // A selection may end on the whole text, between two paragraphs.
  #placeBetween(node, offset) {
    const next = node === this.element && [...node.childNodes].slice(offset).find((one) => this.indices.has(one));
    return next ? { paragraph: this.indices.get(next), index: 0 } : this.#end;
  }

  // Or beyond it, where the mouse went too far.
  #edgeTowards(node) {
    const isBehind = this.element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    return isBehind ? this.#end : { paragraph: 0, index: 0 };
  }

  get #end() {
    return { paragraph: this.elements.length - 1, index: this.paragraphs.at(-1).text.length };
  }

  #nodeAt({ paragraph, index }) {
    let rest = index;
    const walker = document.createTreeWalker(this.elements[paragraph], NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && rest > node.length) {
      rest -= node.length;
      node = walker.nextNode();
    }
    return node ? [node, rest] : [this.elements[paragraph], 0];
  }

  #showChosen() {
    if (this.element.contains(document.activeElement) || document.activeElement === document.body) {
      document.getSelection().setBaseAndExtent(...this.#nodeAt(this.anchor), ...this.#nodeAt(this.focus));
    }
    this.#showCaret();
  }

  #showCaret() {
    const box = this.#boxAt(this.focus);
    this.caret.hidden = !box;
    if (!box) return;
    const whole = this.element.getBoundingClientRect();
    this.caret.style.insetInlineStart = `${box.x - whole.x - this.element.clientLeft}px`;
    this.caret.style.insetBlockStart = `${box.y - whole.y - this.element.clientTop}px`;
    this.caret.style.blockSize = `${box.height}px`;
  }

  #boxAt(place) {
    const [node, offset] = this.#nodeAt(place);
    if (!(node instanceof Text)) return node.getBoundingClientRect();
    const range = document.createRange();
    const isAtEnd = offset === node.length;
    range.setStart(node, isAtEnd ? Math.max(0, offset - 1) : offset);
    range.setEnd(node, isAtEnd ? offset : offset + 1);
    const boxes = range.getClientRects();
    const box = isAtEnd ? boxes[boxes.length - 1] : [...boxes].find((one) => one.width) ?? boxes[0];
    return box && { x: isAtEnd ? box.right : box.left, y: box.top, height: box.height };
  }

  // So that the caret is seen, and what stands above it, too.
  reveal(place = this.focus) {
    this.elements[place.paragraph].scrollIntoView({ block: "nearest" });
    const box = this.#boxAt(place);
    if (!box) return;
    if (box.y < ROOM) window.scrollBy(0, box.y - ROOM);
    else if (box.y + box.height > window.innerHeight - ROOM / 2) window.scrollBy(0, box.y + box.height - window.innerHeight + ROOM / 2);
    this.#showCaret();
  }

  // The ids of what is marked at the caret.
  get marksHere() {
    let passed = 0;
    for (const node of this.elements[this.focus.paragraph].childNodes) {
      passed += node.textContent.length;
      if (this.focus.index < passed) return (node.dataset?.marks ?? "").split(" ").filter(Boolean);
    }
    return [];
  }

  // The caret comes here, and the keys with it.
  focusOn(point = null) {
    if (point !== null) this.anchor = this.focus = this.placeAt(point);
    if (document.activeElement === this.element) this.#showChosen();
    else this.element.focus({ preventScroll: true }); // which shows what is chosen
    this.reveal();
  }
}
