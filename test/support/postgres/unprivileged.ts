/** Who a server runs as: PostgreSQL refuses root, so that root steps down to somebody who owns nothing. */
import { spawnSync } from 'node:child_process';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

const numberOf = (flag: '-u' | '-g', name: string): number | undefined => {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
};

/** Undefined where we are nobody special ourselves. */
export const unprivileged = (): Identity | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [numberOf('-u', name), numberOf('-g', name)];
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error('root can start no PostgreSQL, and there is neither a user postgres nor nobody');
};
