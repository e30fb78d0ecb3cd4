import { escapeText } from '../escape.js';
import type { InitReport, SetUpFile } from '../init.js';
import { count } from '../names.js';
import { columns, wrap } from './layout.js';
import type { Paint } from './paint.js';

export function renderInit(report: InitReport, paint: Paint): string {
  const { found, files, next } = report;
  const formats = found.formats.map(({ format, files: number, folders }) => [
    `  ${count(number, format)}`,
    folders.map(escapeText).join(', '),
  ]);
  const planned = files.filter(({ outcome }) => outcome === 'planned');
  const lines = [
    `found ${count(found.keys, 'key')} and ${count(found.principals, 'principal')} in`,
    ...columns(formats),
    '',
    ...planned.flatMap((file) => renderPlanned(file, paint)),
    ...columns(files.map(rowOf)).map((row, index) => paintRow(row, files[index], paint)),
    '',
    'next',
    ...next.map((step, index) => wrap(escapeText(step), paint.width, `  ${index + 1}. `)),
  ];
  return `${lines.join('\n')}\n`;
}

/** What is to be written, as it is to be: only what would act on a terminal is escaped. */
function renderPlanned({ path, text }: SetUpFile, paint: Paint): readonly string[] {
  return [
    paint.heading(escapeText(path)),
    '',
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${escapeText(line)}`)),
    '',
  ];
}

const outcomes: Readonly<Record<SetUpFile['outcome'], string>> = {
  written: 'wrote',
  planned: 'would write',
  exists: 'kept',
  failed: 'failed',
};

function rowOf({ outcome, path, about, reason }: SetUpFile): readonly string[] {
  const remark = outcome === 'exists' ? 'exists, and is left as it is' : (reason ?? about);
  return [outcomes[outcome], escapeText(path), escapeText(remark)];
}

function paintRow(row: string, file: SetUpFile | undefined, paint: Paint): string {
  if (file === undefined) return row;
  const word = outcomes[file.outcome];
  const look = { written: paint.good, planned: paint.good, exists: paint.faint, failed: paint.bad };
  return row.replace(word, look[file.outcome](word));
}
