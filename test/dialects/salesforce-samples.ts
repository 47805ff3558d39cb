/** Changes of Salesforce, after the Change Data Capture guide; and the scripted ticket. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const START_MS = Date.UTC(2026, 2, 2, 10);

export const change = (
  entityName: string,
  changeType: string,
  fields: object = {},
  header: object = {},
): Signal =>
  signalOf(
    JSON.stringify({
      schema: 'idzQ0I',
      payload: {
        ChangeEventHeader: {
          entityName,
          changeType,
          recordIds: ['5003000000D8cuI'],
          changedFields: Object.keys(fields),
          commitTimestamp: START_MS,
          commitUser: '005300000000001',
          transactionKey: '000c6c88-b097',
          sequenceNumber: 1,
          commitNumber: 10_583_584_855_437,
          ...header,
        },
        ...fields,
      },
      event: { replayId: 1 },
    }),
  );

export const salesforceSamples: readonly Signal[] = [
  change('Case', 'CREATE', { Status: 'New', OwnerId: '005300000000002' }),
  change('Case', 'UPDATE', { Status: 'On Hold' }),
  change('Task', 'CREATE', { CallDurationInSeconds: 300, OwnerId: '005300000000002' }),
  change('ServiceAppointment', 'UPDATE', { ActualStartTime: '2026-03-02T08:00:00Z' }),
  change('Account', 'UPDATE', { Name: 'x' }),
];

export const scriptedTicket = (startMs: number): readonly Signal[] => {
  const at = (seconds: number, changeType: string, fields: object) =>
    change('Case', changeType, fields, {
      commitTimestamp: startMs + seconds * 1_000,
      sequenceNumber: seconds,
    });
  return [
    at(0, 'CREATE', { Status: 'Working' }),
    at(60, 'UPDATE', { OwnerId: '005ana' }),
    at(600, 'UPDATE', { Status: 'On Hold' }),
    at(1_200, 'UPDATE', { Status: 'Working' }),
    at(1_800, 'UPDATE', { Status: 'Closed' }),
    at(2_400, 'UPDATE', { Status: 'Working' }),
    at(3_000, 'UPDATE', { Status: 'Closed' }),
  ];
};
