const warmUpMs = 500;
const measuredMs = 1_000;

/** Prints, as JSON, what was decided and how many decisions a second, after the engine has warmed up. */
export async function printRate(decide, batch) {
  const decision = await decide();
  await repeat(decide, batch, warmUpMs);
  const perSecond = await repeat(decide, batch, measuredMs);
  process.stdout.write(JSON.stringify({ decision, perSecond }));
}

// `await` only where there is something to wait for, as it takes longer than a decision.
async function repeat(decide, batch, forMs) {
  const start = performance.now();
  let decisions = 0;
  let time = 0;
  while (time < forMs) {
    for (let index = 0; index < batch; index += 1) {
      const result = decide();
      if (result instanceof Promise) await result;
    }
    decisions += batch;
    time = performance.now() - start;
  }
  return (decisions / time) * 1_000;
}
