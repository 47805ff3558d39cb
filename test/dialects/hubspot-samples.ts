/** Events of HubSpot, after its Webhooks API; and the scripted ticket, one delivery an event. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const START_MS = Date.UTC(2026, 2, 2, 10);

export const hubspotEvent = (what: string, fields: object = {}): object => ({
  eventId: 100,
  subscriptionId: 3_849_713,
  portalId: 145_883_449,
  occurredAt: START_MS,
  subscriptionType: `object.${what}`,
  attemptNumber: 0,
  objectId: 180_584,
  objectTypeId: '0-5',
  changeSource: 'CRM_UI',
  sourceId: 'userId:1',
  ...fields,
});

export const hubspotSignal = (what: string, fields: object = {}): Signal =>
  signalOf(JSON.stringify(hubspotEvent(what, fields)));

export const stage = (propertyValue: string, occurredAt: number = START_MS): Signal =>
  hubspotSignal('propertyChange', { propertyName: 'hs_pipeline_stage', propertyValue, occurredAt });

export const hubspotSamples: readonly Signal[] = [
  hubspotSignal('creation'),
  stage('2'),
  hubspotSignal('propertyChange', { propertyName: 'hubspot_owner_id', propertyValue: '75514748' }),
  hubspotSignal('creation', { objectTypeId: '0-1' }),
];

export const scriptedTicket = (startMs: number): readonly Signal[] => {
  const at = (seconds: number): number => startMs + seconds * 1_000;
  return [
    hubspotSignal('creation', { occurredAt: at(0) }),
    hubspotSignal('propertyChange', {
      propertyName: 'hubspot_owner_id',
      propertyValue: 'ana',
      occurredAt: at(60),
    }),
    stage('2', at(600)),
    stage('3', at(1_200)),
    stage('4', at(1_800)),
    stage('3', at(2_400)),
    stage('4', at(3_000)),
  ];
};
