import { isatty } from 'node:tty';

/** What standard output is: a terminal with a width, or a pipe or file. */
export interface Terminal {
  readonly isTerminal: boolean;
  readonly width: number;
  readonly color: boolean;
}

export type ColorWish = 'on' | 'off' | 'automatic';

const STANDARD_OUTPUT = 1;
const WIDTH_ELSEWHERE = 100;

/**
 * Looks at standard output. An explicit wish wins, then `NO_COLOR` and `FORCE_COLOR`, then whether it is
 * a terminal that is not `dumb`.
 *
 * @see https://no-color.org
 */
export function findTerminal(wish: ColorWish): Terminal {
  const { stdout, env } = process;
  const isTerminal = isatty(STANDARD_OUTPUT);
  return {
    isTerminal,
    width: isTerminal && stdout.columns > 0 ? stdout.columns : WIDTH_ELSEWHERE,
    color: colorOf(wish, env, isTerminal),
  };
}

function colorOf(
  wish: ColorWish,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (wish !== 'automatic') return wish === 'on';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
