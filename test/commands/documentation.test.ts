import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { isUpdate, run, withoutTimes } from './run.js';
import { wordsOf } from './scenario.js';

// A transcript stands in a `text` block and begins with its command line; a command line that is shown
// without what it prints stands in an `sh` block. Both run in the root of this repository.
const pages = [
  'README.md',
  ...(existsSync('docs') ? readdirSync('docs') : [])
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const transcript = /^```text\n\$ keyproof (.*)\n([^]*?)^```$/gm;
const shell = /^```sh\n([^]*?)^```$/gm;

describe.each(pages)('%s', (path) => {
  const page = readFileSync(path, 'utf8');

  it('shows what the commands really print', () => {
    const actual = page.replace(transcript, (_, command: string) => {
      const { stdout, stderr } = run('bin/run.js', wordsOf(command));
      const printed = withoutTimes(`${stdout}${stderr}`).replaceAll('N ms', '280 ms');
      return `\`\`\`text\n$ keyproof ${command}\n${printed}\`\`\``;
    });
    if (isUpdate) writeFileSync(path, actual);
    else expect(actual).toBe(page);
  });

  const commands = [...page.matchAll(shell)]
    .flatMap(([, lines = '']) => lines.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line.startsWith('keyproof '))
    .map((line) => line.slice('keyproof '.length));

  it.each(commands)('keyproof %s', (command) => {
    const { stderr, status } = run('bin/run.js', wordsOf(command));
    expect(status, stderr).not.toBe(2);
  });
});

test('the readme has transcripts', () => {
  expect(readFileSync('README.md', 'utf8').match(transcript)?.length).toBeGreaterThanOrEqual(2);
});
