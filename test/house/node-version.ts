/** The guard at the gate: under an old Node nothing here works, and the errors would not say why. */

/** The lowest version that carries a SQLite without the WAL-reset bug; the same as `engines` in package.json. */
export const LOWEST = [24, 15] as const;

export const isOldNode = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < LOWEST[0] || (major === LOWEST[0] && minor < LOWEST[1]);
};

export const refuseOldNode = (version: string): void => {
  if (!isOldNode(version)) return;
  throw new Error(
    `Tickmark needs Node ${LOWEST.join('.')} or newer, and this is ${version}. ` +
      'Run `npm ci`, which brings the right one, and then `npm test` (npm runs it); ' +
      'outside npm, put node_modules/.bin first on PATH.',
  );
};
