import { describe, expect, test } from 'vitest';
import { createProgress, silentProgress, type Progress } from '../../src/host/progress.js';

interface Stage {
  readonly progress: Progress;
  readonly shown: string[];
  /** Lets time pass. */
  wait(ms: number): void;
  interrupt(): void;
  isListening(): boolean;
  aborts: number;
}

function stage(terminal: 'terminal' | 'pipe' = 'terminal'): Stage {
  let nowMs = 1000;
  let listener: (() => void) | undefined;
  const shown: string[] = [];
  const all: Stage = {
    shown,
    aborts: 0,
    wait: (ms) => (nowMs += ms),
    interrupt: () => listener?.(),
    isListening: () => listener !== undefined,
    progress: createProgress({
      ...(terminal === 'terminal' ? { show: (text: string) => shown.push(text) } : {}),
      elapsedMs: () => nowMs,
      listen: (onInterrupt) => {
        listener = onInterrupt;
        return () => (listener = undefined);
      },
      abort: () => (all.aborts += 1),
    }),
  };
  return all;
}

const CLEAR = '\r\u001b[K';

describe('progress', () => {
  test('is shown after half a second, ten times a second at most, over itself, and taken away', () => {
    const { progress, shown, wait } = stage();
    progress.note('files loaded', 0, 200);
    wait(499);
    progress.note('files loaded', 90, 200);
    expect(shown).toEqual([]);
    wait(1);
    progress.note('files loaded', 100, 200);
    wait(99);
    progress.note('files loaded', 120, 200);
    wait(1);
    progress.note('files loaded', 121, 200);
    progress.end();
    expect(shown).toEqual([
      `${CLEAR}files loaded: 100 of 200`,
      `${CLEAR}files loaded: 121 of 200`,
      CLEAR,
    ]);
  });

  test('leaves nothing to take away where nothing was shown', () => {
    const { progress, shown } = stage();
    progress.note('files loaded', 1, 2);
    progress.end();
    expect(shown).toEqual([]);
  });

  test('shows nothing without a terminal', async () => {
    const { progress, shown, wait } = stage('pipe');
    wait(1000);
    progress.note('files loaded', 1, 2);
    expect(await progress.pause('findings tried', 1, 2)).toBe('go-on');
    progress.end();
    expect(shown).toEqual([]);
  });
});

describe('an interruption', () => {
  test('stops at the next pause, and at all later ones', async () => {
    const { progress, interrupt } = stage();
    expect(await progress.pause('rules applied', 0, 2)).toBe('go-on');
    interrupt();
    expect(await progress.pause('rules applied', 1, 2)).toBe('stop');
    expect(await progress.pause('findings tried', 0, 9)).toBe('stop');
  });

  test('is heeded from the first pause to the end, and ends the process otherwise', async () => {
    const { progress, isListening } = stage();
    progress.note('files loaded', 1, 2);
    expect(isListening()).toBe(false);
    await progress.pause('rules applied', 0, 2);
    expect(isListening()).toBe(true);
    progress.end();
    expect(isListening()).toBe(false);
  });

  test('that comes twice waits for nothing', async () => {
    const all = stage();
    await all.progress.pause('rules applied', 0, 2);
    all.interrupt();
    expect(all.aborts).toBe(0);
    all.interrupt();
    expect(all.aborts).toBe(1);
  });

  test('is not for programs that use the library', async () => {
    expect(await silentProgress.pause('rules applied', 0, 2)).toBe('go-on');
  });
});
