// How marks that overlap are told apart: each has a line of its own under the words, as long as there is room for one.

import { partsOf } from "./places.js";

const MOST_LANES = 3;

// Each passage, as {start, end, ...}, with the lane that nothing before it takes up where it begins.
export function inLanes(passages) {
  const ends = [];
  const ordered = [...passages].sort((one, other) => one.start - other.start || other.end - one.end);
  return ordered.map((passage) => {
    const free = ends.findIndex((end) => end <= passage.start);
    const lane = Math.min(free < 0 ? ends.length : free, MOST_LANES - 1);
    ends[lane] = Math.max(ends[lane] ?? 0, passage.end);
    return { ...passage, lane };
  });
}

// By paragraph, counted from 0, the parts of passages that lie in it.
export function byParagraph(paragraphs, passages) {
  const found = new Map();
  for (const passage of passages) {
    for (const part of partsOf(paragraphs, passage.start, passage.end)) {
      if (!found.has(part.paragraph)) found.set(part.paragraph, []);
      const begins = paragraphs[part.paragraph].toPoint(part.from) === passage.start;
      found.get(part.paragraph).push({ ...part, passage, begins });
    }
  }
  return found;
}

// A paragraph cut wherever a part begins or ends, as {from, to, parts}.
export function pieces(length, parts) {
  const cuts = new Set([0, length]);
  for (const { from, to } of parts) cuts.add(from).add(to);
  const ordered = [...cuts].sort((one, other) => one - other);
  return ordered.slice(0, -1).map((from, at) => {
    const to = ordered[at + 1];
    return { from, to, parts: parts.filter((part) => part.from < to && part.to > from) };
  });
}
