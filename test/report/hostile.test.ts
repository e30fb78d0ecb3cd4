import fc from 'fast-check';
import prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { reporters, type Format, type LazyReporter, type Report } from '../../src/report/index.js';
import { hostileText, reportsOf } from './hostile.js';

const page = { width: 100, color: false };

/** What a terminal, an editor or a browser would act on or hide. Line feeds are ours. */
const unprintable = /[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** Reporters with the reports of {@link reportsOf} that they print. */
const printers = await Promise.all(
  (Object.keys(reporters) as readonly Format[]).map(async (format) => {
    const lazy: LazyReporter = reporters[format];
    return {
      format,
      prints: (report: Report) => lazy.prints === 'everything' || lazy.prints.includes(report.kind),
      render: await lazy(),
    };
  }),
);

function print(format: Format, report: Report): string {
  const printer = printers.find((one) => one.format === format);
  return printer?.render(report, page) ?? '';
}

/** Runs a law over every report of every text, with the same report of a harmless one. */
function holds(law: (hostile: Report, harmless: Report) => void | Promise<void>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const hostile = reportsOf(text);
      const harmless = reportsOf('name');
      for (const kind of ['lint', 'gate', 'test'] as const)
        await law(hostile[kind], harmless[kind]);
    }),
    { seed: 11, numRuns: 300 },
  );
}

describe.each(printers)('whatever names hold, $format', ({ prints, render }) => {
  test('prints no character that acts or hides', async () => {
    await holds((report) => {
      if (prints(report)) expect(render(report, page)).not.toMatch(unprintable);
    });
  });

  test('prints no command to a build server but its own', async () => {
    await holds((report) => {
      if (!prints(report)) return;
      const text = render(report, page);
      expect(text).not.toMatch(/##\w*\[/);
      const commands = text.split('\n').filter((line) => line.trimStart().startsWith('::'));
      for (const command of commands) {
        expect(command).toMatch(
          /^::(error|warning|notice) title=(json-syntax|public-key-policy|gate)[,:]/,
        );
      }
    });
  });
});

test('pretty prints the escapes of its colours, and no others', async () => {
  const pretty = await reporters.pretty();
  await holds((report) => {
    const text = pretty(report, { width: 80, color: true });
    // eslint-disable-next-line no-control-regex -- the escapes are what is looked for
    expect(text.replace(/\u001b\[\d+m/g, '')).not.toMatch(unprintable);
  });
});

describe('a report has the same shape whatever names hold:', () => {
  test('lines of compact', async () => {
    await holds((hostile, harmless) => {
      if (hostile.kind === 'test') return;
      expect(linesOf(print('compact', hostile))).toBe(linesOf(print('compact', harmless)));
    });
  });

  test('annotations of github, with the properties that they have', async () => {
    await holds((hostile, harmless) => {
      if (hostile.kind === 'test') return;
      const shape = (report: Report): unknown =>
        print('github', report).split('\n').map(propertiesOf);
      expect(shape(hostile)).toEqual(shape(harmless));
    });
  });

  test.each(['json', 'gitlab', 'sarif'] as const)('keys of %s', async (format) => {
    await holds((hostile, harmless) => {
      if (hostile.kind === 'test' && format !== 'json') return;
      const shape = (report: Report): unknown => keysOf(JSON.parse(print(format, report)));
      expect(shape(hostile)).toEqual(shape(harmless));
    });
  });

  test('elements and attributes of junit', async () => {
    await holds((hostile, harmless) => {
      expect(elementsOf(print('junit', hostile))).toEqual(elementsOf(print('junit', harmless)));
    });
  });

  test('blocks, emphasis, links and HTML of markdown', async () => {
    await holds(async (hostile, harmless) => {
      if (hostile.kind === 'test') return;
      const shape = async (report: Report): Promise<unknown> => markupOf(print('markdown', report));
      expect(await shape(hostile)).toEqual(await shape(harmless));
    });
  });
});

test('what github annotates reads as it was written', () => {
  const text = '100%, 50%25: a,b%0Ac';
  const [line = ''] = print('github', reportsOf(text).gate).split('\n');
  expect(line).toBe('::error title=gate::100%25, 50%2525: a,b%250Ac');
});

test('markdown mentions nobody, and refers to nothing', async () => {
  await holds((report) => {
    if (report.kind === 'test') return;
    const shown = print('markdown', report).replace(/`[^`\n]*`/g, '');
    expect(shown).not.toMatch(/@[a-z]/i);
    expect(shown).not.toMatch(/(?<![#&])#\d/);
    expect(shown).not.toMatch(/:\/\//);
  });
});

function linesOf(text: string): number {
  return text.split('\n').length;
}

/** An annotation without its texts, as GitHub's runner takes it apart; columns only some places have. */
function propertiesOf(line: string): unknown {
  const parts = /^::(\w+) ([^:]*)::/.exec(line);
  if (parts === null) return line;
  const names = (parts[2] ?? '').split(',').map((property) => property.split('=')[0] ?? '');
  return [parts[1], ...names.filter((name) => !['endLine', 'col', 'endColumn'].includes(name))];
}

/** A value with nothing but its keys, and how long its lists are. */
function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]));
}

/** The tags of an XML document, with the names of their attributes; throws where it is not well-formed. */
function elementsOf(xml: string): readonly string[] {
  const token =
    /<\?xml[^>]*\?>|<!\[CDATA\[(?:(?!\]\]>)[^])*\]\]>|<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|[^<&\]]+|&(?:lt|gt|amp|quot|#x[0-9A-F]+);/g;
  const shape: string[] = [];
  const open: string[] = [];
  let at = 0;
  for (const match of xml.matchAll(token)) {
    if (match.index !== at) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 80)}`);
    at = match.index + match[0].length;
    const [, end, name, attributes = '', empty] = match;
    if (name === undefined) continue;
    if (end === '/') expect(open.pop()).toBe(name);
    else if (empty !== '/') open.push(name);
    const names = [...attributes.matchAll(/ ([a-z]+)="[^"]*"/g)].map(([, attribute]) => attribute);
    shape.push(`${end ?? ''}${name} ${names.join(' ')}`);
  }
  expect(at).toBe(xml.length);
  expect(open).toEqual([]);
  return shape;
}

interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly MarkdownNode[];
}

/** The markup of a page without texts and code, as a parser of GitHub's Markdown sees it. */
async function markupOf(text: string): Promise<readonly string[]> {
  const debug = (prettier as unknown as { readonly __debug: MarkdownParser }).__debug;
  const { ast } = await debug.parse(text, { parser: 'markdown' });
  return markOf(ast);
}

interface MarkdownParser {
  parse(
    text: string,
    options: { readonly parser: 'markdown' },
  ): Promise<{ readonly ast: MarkdownNode }>;
}

function markOf({ type, value = '', children = [] }: MarkdownNode): readonly string[] {
  if (type === 'text' || type === 'inlineCode') return [];
  if (type === 'html') {
    const tags = value.match(/<[^>]*>/g) ?? [];
    return tags.filter((tag) => !/^<(!-- --|\/?code)>$/.test(tag));
  }
  return [type, ...children.flatMap(markOf)];
}
