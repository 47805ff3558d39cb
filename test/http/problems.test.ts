/** The catalogue of problems: the page lists the same ones, with the same words. */
import { expect, it } from 'vitest';
import { PROBLEMS } from '../../adapters/http/problems.ts';
import { pageAt, tableOf } from '../docs/page.ts';

it('the page about HTTP lists every problem and no other', () => {
  const listed = tableOf(pageAt('docs/http.md'), 'problem').map((cells) => cells.slice(0, 3));
  const known = Object.entries(PROBLEMS).map(([name, { status, title }]) => [name, String(status), title]);
  expect(listed).toEqual(known);
});
