import { count } from '../names.js';

/** Part of a page: a heading, and blocks that can be left out from the end. */
export interface Section {
  /** Markdown; empty for blocks that need none. */
  readonly heading: string;
  /** Markdown, each complete in itself, the most important first. */
  readonly blocks: readonly string[];
  /** What a block is, for the line that says how many are left out. */
  readonly noun: string;
}

/** How large a page may be, and in what that is counted. */
export interface PageLimit {
  readonly max: number;
  sizeOf(text: string): number;
}

/** Room that is kept for each section's line on what is left out. */
const LINE_MAX = 200;

/**
 * A page of blocks, one empty line apart, that is no larger than the limit: the head and the foot whole, and
 * of the sections what fits, the first ones first. A section says how many of its blocks are left out.
 */
export function fit(
  head: string,
  sections: readonly Section[],
  foot: string,
  { max, sizeOf }: PageLimit,
): string {
  const filled = sections.filter(({ blocks }) => blocks.length > 0);
  const parts = [head];
  let room = max - sizeOf(`${head}\n\n${foot}\n`);
  for (const { heading } of filled) room -= sizeOf(`${heading}\n\n`) + LINE_MAX;
  for (const { heading, blocks, noun } of filled) {
    if (heading !== '') parts.push(heading);
    let shown = 0;
    for (const block of blocks) {
      const size = sizeOf(`${block}\n\n`);
      if (size > room) continue;
      parts.push(block);
      room -= size;
      shown += 1;
    }
    if (shown === blocks.length) room += LINE_MAX;
    else parts.push(leftOut(blocks.length - shown, noun, shown));
  }
  return `${[...parts, foot].join('\n\n')}\n`;
}

function leftOut(number: number, noun: string, shown: number): string {
  const more = shown === 0 ? noun : `more ${noun}`;
  return `_${count(number, more)} ${number === 1 ? 'is' : 'are'} left out, as there is no room on this page; \`--format json\` has all._`;
}
