/** A certificate that signs itself, for a broker on this machine: its own authority. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  /** The file that a client trusts. */
  readonly ca: string;
  /** Key and certificate in one file, as a broker reads them. */
  readonly keystore: string;
}

export const makeCertificate = (folder: string): Certificate | string => {
  const [ca, key, keystore] = ['ca.pem', 'key.pem', 'keystore.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const made = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-keyout', key, '-out', ca],
    ],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) return 'there is no openssl: apt-get install openssl';
  writeFileSync(keystore, readFileSync(key, 'utf8') + readFileSync(ca, 'utf8'));
  return { ca, keystore };
};
