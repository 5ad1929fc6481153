// By which steps one moves in a text: letters, words, sentences, paragraphs, as its language has them.

const PLAIN = { grapheme: /\P{M}\p{M}*/gsu, word: /[\p{L}\p{N}\p{M}'’]+|[^\p{L}\p{N}\p{M}'’]+/gsu, sentence: /.+?(?:[.!?。…]+[”’"'」]*\s+|\n|$)/gsu };
const GRANULARITY = { letter: "grapheme", word: "word", sentence: "sentence" };
const IN_WORD = /[\p{L}\p{N}]/u;

// What `Intl.Segmenter` gives, roughly, for a browser that has none.
class PlainSegments {
  constructor(text, granularity) {
    this.found = [...text.matchAll(PLAIN[granularity])].map((match) => ({ index: match.index, segment: match[0] }));
  }

  containing(index) {
    return this.found.findLast((one) => one.index <= index && index < one.index + one.segment.length);
  }
}

export class Steps {
  constructor(paragraphs, language) {
    this.paragraphs = paragraphs;
    this.language = language;
    this.segmenters = new Map();
    this.segments = new Map();
  }

  get last() {
    const paragraph = this.paragraphs.length - 1;
    return { paragraph, index: this.paragraphs[paragraph].text.length };
  }

  // Where the next one begins.
  after(place, unit) {
    const next = this.#find(place, unit, (span) => span.from > place.index);
    if (next) return { paragraph: place.paragraph, index: next.from };
    const isInside = unit === "letter" && place.index < this.paragraphs[place.paragraph].text.length;
    if (isInside) return { paragraph: place.paragraph, index: this.paragraphs[place.paragraph].text.length };
    return place.paragraph + 1 < this.paragraphs.length ? { paragraph: place.paragraph + 1, index: 0 } : this.last;
  }

  // Where the one that lies here, or else the next, ends.
  endAfter(place, unit) {
    const here = this.#find(place, unit, (span) => span.to > place.index);
    if (here) return { paragraph: place.paragraph, index: here.to };
    if (place.paragraph + 1 === this.paragraphs.length) return this.last;
    return this.endAfter({ paragraph: place.paragraph + 1, index: 0 }, unit);
  }

  // Where the one that lies before begins.
  before(place, unit) {
    const here = this.#findBack(place, unit);
    if (here) return { paragraph: place.paragraph, index: here.from };
    if (place.paragraph === 0) return { paragraph: 0, index: 0 };
    const end = { paragraph: place.paragraph - 1, index: this.paragraphs[place.paragraph - 1].text.length };
    return unit === "letter" ? end : this.before(end, unit);
  }

  // The one that lies at the place, or next to it, as two places.
  around(place, unit) {
    const here = this.#find(place, unit, (span) => span.to > place.index) ?? this.#findBack(place, unit);
    const { paragraph } = place;
    return here ? [{ paragraph, index: here.from }, { paragraph, index: here.to }] : [place, place];
  }

  #find(place, unit, isMeant) {
    const { text } = this.paragraphs[place.paragraph];
    for (let index = place.index; index < text.length; ) {
      const span = this.#spanAt(place.paragraph, index, unit);
      if (isMeant(span) && span.counts) return span;
      index = span.next;
    }
    return null;
  }

  #findBack(place, unit) {
    for (let index = place.index - 1; index >= 0; ) {
      const span = this.#spanAt(place.paragraph, index, unit);
      if (span.counts && span.from < place.index) return span;
      index = span.begin - 1;
    }
    return null;
  }

  #spanAt(paragraph, index, unit) {
    const { text } = this.paragraphs[paragraph];
    if (unit === "paragraph") return { from: 0, to: text.length, begin: 0, next: text.length, counts: true };
    const found = this.#segmentsOf(paragraph, unit).containing(index);
    const begin = found.index;
    const next = begin + found.segment.length;
    if (unit === "letter") return { from: begin, to: next, begin, next, counts: true };
    const from = begin + found.segment.length - found.segment.trimStart().length;
    const to = begin + found.segment.trimEnd().length;
    return { from, to, begin, next, counts: unit === "word" ? IN_WORD.test(found.segment) : from < to };
  }

  #segmentsOf(paragraph, unit) {
    const key = `${unit} ${paragraph}`;
    if (!this.segments.has(key)) this.segments.set(key, this.#cut(this.paragraphs[paragraph].text, GRANULARITY[unit]));
    return this.segments.get(key);
  }

  #cut(text, granularity) {
    if (!Intl.Segmenter) return new PlainSegments(text, granularity);
    if (!this.segmenters.has(granularity)) {
      this.segmenters.set(granularity, new Intl.Segmenter(this.language, { granularity }));
    }
    return this.segmenters.get(granularity).segment(text);
  }
}
