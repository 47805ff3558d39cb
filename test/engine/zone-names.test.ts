/** Zone names: what is no zone of the world is refused, above all the zone of the machine. */
import { describe, expect, it } from 'vitest';
import { zoneOf } from '../../engine/index.ts';

describe('a zone of the machine is refused however it is written', () => {
  it.each(['default', 'Default', 'Local', 'LOCAL', 'System'])('called "%s"', (name) => {
    expect(() => zoneOf(name)).toThrow(RangeError);
  });
});

describe('an offset that no zone has is refused', () => {
  it.each(['UTC+99', 'UTC-30'])('called "%s"', (name) => {
    expect(() => zoneOf(name)).toThrow(RangeError);
  });
});
