// Places in a text. The record counts code points from its beginning; a browser counts the UTF-16 units of a paragraph.

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

export class Paragraph {
  constructor(number, start, text) {
    this.number = number;
    this.start = start; // in code points
    this.text = text;
    this.isPaired = PAIR.test(text); // else both counts are the same
    this.end = start + (this.isPaired ? [...text].length : text.length);
  }

  // The code point of the text at which a unit of this paragraph stands.
  toPoint(index) {
    return this.start + (this.isPaired ? [...this.text.slice(0, index)].length : index);
  }

  toIndex(point) {
    const points = Math.min(Math.max(point, this.start), this.end) - this.start;
    if (!this.isPaired) return points;
    let index = 0;
    for (let passed = 0; passed < points; passed += 1) index += this.text.codePointAt(index) > 0xffff ? 2 : 1;
    return index;
  }
}

// The place, as {paragraph, index}, of a code point: `paragraph` is counted from 0 here. Between two it is in the one before.
export function placeOf(paragraphs, point) {
  let low = 0;
  let high = paragraphs.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (paragraphs[middle].start <= point) low = middle;
    else high = middle - 1;
  }
  return { paragraph: low, index: paragraphs[low].toIndex(point) };
}

export function pointOf(paragraphs, place) {
  return paragraphs[place.paragraph].toPoint(place.index);
}

export function isBefore(one, other) {
  return one.paragraph === other.paragraph ? one.index < other.index : one.paragraph < other.paragraph;
}

export function isSame(one, other) {
  return one.paragraph === other.paragraph && one.index === other.index;
}

// What stands between two places, in order; paragraphs are parted by a blank line.
export function wordsBetween(paragraphs, first, last) {
  if (first.paragraph === last.paragraph) return paragraphs[first.paragraph].text.slice(first.index, last.index);
  const whole = paragraphs.slice(first.paragraph + 1, last.paragraph).map((one) => one.text);
  const begin = paragraphs[first.paragraph].text.slice(first.index);
  return [begin, ...whole, paragraphs[last.paragraph].text.slice(0, last.index)].join("\n\n");
}

// The parts of the paragraphs that lie between two code points, as {paragraph, from, to} in units.
export function partsOf(paragraphs, start, end) {
  const parts = [];
  for (let at = placeOf(paragraphs, start).paragraph; at < paragraphs.length && paragraphs[at].start < end; at += 1) {
    const from = paragraphs[at].toIndex(start);
    const to = paragraphs[at].toIndex(end);
    if (from < to) parts.push({ paragraph: at, from, to });
  }
  return parts;
}
