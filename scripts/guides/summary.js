/** Counts what was found, and what was left out and why. */
export function summaryOf(samples, skipped) {
  const count = (test) => samples.filter(test).length;
  const reasons = [...new Set(skipped.map(({ reason }) => reason))]
    .map((reason) => [skipped.filter((each) => each.reason === reason).length, reason])
    .sort(([a], [b]) => b - a);
  return [
    `${samples.length} samples of the store management API in ${new Set(samples.map(({ file }) => file)).size} guides`,
    `  ${count(({ body }) => body !== undefined)} request bodies, ${count(({ response }) => response !== undefined)} responses`,
    `${skipped.length} other samples left out:`,
    ...reasons.map(([number, reason]) => `  ${String(number).padStart(4)} ${reason}`),
  ].join('\n');
}
