import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isUpdate, run, withoutTimes } from './run.js';
import { wordsOf } from './scenario.js';

const PAGE = 'README.md';
const transcript = /^```text\n\$ keyproof (.*)\n([^]*?)^```$/gm;

test('the transcripts in the readme are real', () => {
  const page = readFileSync(PAGE, 'utf8');
  const actual = page.replace(transcript, (_, command: string) => {
    const { stdout } = run('bin/run.js', wordsOf(command));
    return `\`\`\`text\n$ keyproof ${command}\n${withoutTimes(stdout).replaceAll('N ms', '280 ms')}\`\`\``;
  });
  if (isUpdate) writeFileSync(PAGE, actual);
  else expect(actual).toBe(page);
  expect(page.match(transcript)?.length).toBeGreaterThanOrEqual(2);
});
