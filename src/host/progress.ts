import { isatty } from 'node:tty';

/** Tells who waits how far a run has come, and asks whether they still want the rest of it. */
export interface Progress {
  /** How much of some work is done: `files loaded`, 12, 200. */
  note(what: string, done: number, total: number): void;
  /**
   * The same between two units of work, with a moment for what the machine has for us. `stop`: the run was
   * interrupted, and is to end with what it knows. Before the first pause, an interruption ends the process.
   */
  pause(what: string, done: number, total: number): Promise<'go-on' | 'stop'>;
  /** Takes away what it showed; from here on an interruption ends the process again. */
  end(): void;
}

/** Shows nothing and heeds nothing: for programs that have an interface of their own. */
export const silentProgress: Progress = {
  note: () => undefined,
  pause: () => Promise.resolve('go-on'),
  end: () => undefined,
};

/** What {@link createProgress} needs of a process. */
export interface Console {
  /** Shows a text on the terminal at once; absent: there is none, or nothing is to be shown on it. */
  readonly show?: (text: string) => void;
  readonly elapsedMs: () => number;
  /** Begins to listen for interruptions; gives what ends it. */
  listen(onInterrupt: () => void): () => void;
  /** Ends the process as one that was interrupted. */
  abort(): void;
}

/** Whoever waits less long needs to know nothing. */
const DELAY_MS = 500;
const BETWEEN_LINES_MS = 100;
const BETWEEN_MOMENTS_MS = 50;
const CLEAR_LINE = '\r\u001b[K';

/** One line on a terminal, from half a second on, drawn over itself. */
export function createProgress({ show, elapsedMs, listen, abort }: Console): Progress {
  const startMs = elapsedMs();
  let shownMs = -Infinity;
  let momentMs = -Infinity;
  let isInterrupted = false;
  let unlisten: (() => void) | undefined;
  const note: Progress['note'] = (what, done, total) => {
    if (show === undefined) return;
    const now = elapsedMs();
    if (now - startMs < DELAY_MS || now - shownMs < BETWEEN_LINES_MS) return;
    shownMs = now;
    show(`${CLEAR_LINE}${what}: ${done} of ${total}`);
  };
  const interrupt = (): void => {
    // Who asks twice does not want to wait for the unit at hand.
    if (isInterrupted) abort();
    isInterrupted = true;
  };
  return {
    note,
    async pause(what, done, total) {
      unlisten ??= listen(interrupt);
      note(what, done, total);
      if (elapsedMs() - momentMs >= BETWEEN_MOMENTS_MS) {
        // Signals arrive only while nothing runs.
        await new Promise((resolve) => setImmediate(resolve));
        momentMs = elapsedMs();
      }
      return isInterrupted ? 'stop' : 'go-on';
    },
    end() {
      if (shownMs > -Infinity) show?.(CLEAR_LINE);
      shownMs = -Infinity;
      unlisten?.();
      unlisten = undefined;
    },
  };
}

const STANDARD_ERROR = 2;
/** As shells count a process that an interruption ended. */
const INTERRUPTED_STATUS = 130;

/** The progress of this process: shown on a terminal that is not a build server's, unless nobody wants it. */
export function createTerminalProgress(wish: 'shown' | 'hidden'): Progress {
  const { env, stderr } = process;
  const isShown =
    wish === 'shown' && isatty(STANDARD_ERROR) && env['TERM'] !== 'dumb' && !isSet(env['CI']);
  return createProgress({
    ...(isShown ? { show: (text) => stderr.write(text) } : {}),
    elapsedMs: () => performance.now(),
    listen(onInterrupt) {
      process.on('SIGINT', onInterrupt);
      return () => process.off('SIGINT', onInterrupt);
    },
    abort: () => process.exit(INTERRUPTED_STATUS),
  });
}

function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable !== '' && variable !== 'false';
}
