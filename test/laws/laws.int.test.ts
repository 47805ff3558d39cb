/** Determinism: the same facts under the same rules give the same bytes, wherever the machine believes to be. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const DIGEST = fileURLToPath(new URL('digest.ts', import.meta.url));

const Said = z.strictObject({
  /** Local time minus UTC on 2026-01-15. */
  localMinutes: z.number(),
  locale: z.string(),
  records: z.int(),
  digest: z.string().length(64),
});

const runIn = async (zone: string, locale: string): Promise<z.infer<typeof Said>> => {
  const env = { ...process.env, TZ: zone, LC_ALL: locale, LANG: locale, LANGUAGE: locale };
  const { stdout } = await promisify(execFile)(process.execPath, [DIGEST], { env });
  return Said.parse(JSON.parse(stdout));
};

const PLACES = [
  { zone: 'UTC', localMinutes: 0, language: 'en_US.UTF-8', locale: 'en-US' },
  { zone: 'Asia/Shanghai', localMinutes: 480, language: 'en_US.UTF-8', locale: 'en-US' },
  { zone: 'America/St_Johns', localMinutes: -210, language: 'en_US.UTF-8', locale: 'en-US' },
  { zone: 'Australia/Lord_Howe', localMinutes: 660, language: 'sv_SE.UTF-8', locale: 'sv-SE' },
  { zone: 'Asia/Kathmandu', localMinutes: 345, language: 'tr_TR.UTF-8', locale: 'tr-TR' },
] as const;

describe('the same history', () => {
  it('has one answer in every time zone and locale', async () => {
    const digests = new Set<string>();
    for (const { zone, localMinutes, language, locale } of PLACES) {
      const said = await runIn(zone, language);
      // The child really was there, or this proves nothing.
      expect(said).toMatchObject({ localMinutes, locale });
      expect(said.records).toBeGreaterThan(1_000);
      digests.add(said.digest);
    }
    expect([...digests]).toHaveLength(1);
  });
});
