/** What the pages about help desks offer to paste, done as the vendor would do it: what comes out is understood. */
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { pageAt } from '../docs/page.ts';
import { factLines } from './fact-lines.ts';
import { INCIDENT } from './servicenow-samples.ts';
import { signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const blockOf = (page: string, language: string): string => {
  const [block] = pageAt(`docs/sources/${page}.md`).blocks.filter((one) => one.language === language);
  if (!block) throw new Error(`docs/sources/${page}.md has no block of ${language}`);
  return block.text;
};

describe('the body for triggers of Zendesk', () => {
  const PLACEHOLDERS: Readonly<Record<string, string>> = {
    'ticket.id': '5158',
    'ticket.status': 'Solved',
    'ticket.priority': 'High',
    'ticket.group.name': 'Support',
    'ticket.assignee.id': '42',
    'ticket.requester.id': '900',
    'ticket.created_at_with_timestamp': '2026-03-02T12:00:00Z',
    'ticket.updated_at_with_timestamp': '2026-03-02T13:00:00Z',
  };

  it('is understood once its placeholders are filled', () => {
    const body = blockOf('zendesk', 'json').replace(
      /\{\{([\w.]+)\}\}/g,
      (_, name: string) => PLACEHOLDERS[name] ?? `no ${name}`,
    );
    expect(
      factLines(dialectOf('zendesk').translate(signalOf(body)), ['priority', 'group', 'customer']),
    ).toEqual([
      '2026-03-02 13:00:00 TicketStatusChanged [solved] priority=high group=Support customer=900',
      '2026-03-02 13:00:00 TicketResolved (solved)',
    ]);
  });
});

type Cells = Readonly<Record<string, string>>;

/** As much of a GlideRecord as the script asks: an empty cell is null. */
const glideRecord = (cells: Cells, operation: string) => ({
  isValidField: (name: string) => Object.hasOwn(cells, name),
  getValue: (name: string) => cells[name] || null,
  getTableName: () => cells['sys_class_name'],
  operation: () => operation,
});

/** Runs the business rule of the page, and answers what it sends. */
const sentBy = (operation: string, current: Cells, previous?: Cells): string => {
  const sent: string[] = [];
  class RESTMessageV2 {
    setEndpoint = (): void => undefined;
    setHttpMethod = (): void => undefined;
    setRequestHeader = (): void => undefined;
    setRequestBody = (body: string): void => void sent.push(body);
    executeAsync = (): void => undefined;
  }
  class GlideDateTime {
    getValue = (): string => '2026-03-02 12:00:01';
  }
  const context = createContext({
    current: glideRecord(current, operation),
    previous: previous && glideRecord(previous, operation),
    gs: { getProperty: (name: string) => name },
    sn_ws: { RESTMessageV2 },
    GlideDateTime,
  });
  runInContext(blockOf('servicenow', 'js'), context);
  expect(sent).toHaveLength(1);
  return sent.join('');
};

describe('the business rule for ServiceNow', () => {
  const told = (operation: string, current: Cells, previous?: Cells): readonly string[] =>
    factLines(dialectOf('servicenow').translate(signalOf(sentBy(operation, current, previous))));

  it('tells an update with the step that it is', () => {
    expect(told('update', { ...INCIDENT, state: '3', hold_reason: '4' }, INCIDENT)).toEqual([
      '2026-03-02 12:00:00 TicketStatusChanged [On Hold]',
      '2026-03-02 12:00:00 TicketPended (Awaiting Vendor)',
    ]);
  });

  it('tells an insert and a deletion', () => {
    expect(told('insert', { ...INCIDENT, sys_mod_count: '0' })).toEqual([
      '2026-03-02 08:58:00 TicketOpened',
      '2026-03-02 08:58:00 TicketAssigned u42',
    ]);
    expect(told('delete', INCIDENT)).toEqual(['2026-03-02 12:00:01 TicketClosed (deleted)']);
  });
});
