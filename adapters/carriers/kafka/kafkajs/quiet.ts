/**
 * kafkajs asks, with each connection, for a timer of a time long past (tulios/kafkajs#1751). Node says so once in the life
 * of a process, in the middle of whatever stands on stderr: this one warning is left out.
 */
export const withoutTimerWarning = (): void => {
  const emitWarning = process.emitWarning.bind(process) as (...said: readonly unknown[]) => void;
  process.emitWarning = (...said: readonly unknown[]): void => {
    if (!said.includes('TimeoutNegativeWarning')) emitWarning(...said);
  };
};
