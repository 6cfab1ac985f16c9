import { defineEntity, p } from '@mikro-orm/core';
import type { ContactId, DeliveryId, FirmId, UserId } from '@portico/domain/kernel';
import { Delivery, type DeliveryState } from '@portico/domain/notifications';
import type { Mapping } from '../platform/database/mapping.js';

const instant = () => p.datetime().columnType('timestamptz(3)');

export const DeliveryMapping = defineEntity({
  class: Delivery,
  tableName: 'deliveries',
  properties: {
    id: p.uuid().primary().$type<DeliveryId>(),
    firmId: p.bigint('string').$type<FirmId>(),
    callId: p.uuid().nullable(),
    contactId: p.bigint('string').$type<ContactId>().nullable(),
    userId: p.bigint('string').$type<UserId>().nullable(),
    address: p.text().nullable(),
    state: p.text().$type<DeliveryState>(),
    attempts: p.integer(),
    answer: p.text().nullable(),
    queuedAt: instant(),
    attemptedAt: instant().nullable(),
    answeredAt: instant().nullable(),
    nextAttemptAt: instant().nullable(),
    settledAt: instant().nullable(),
    version: p.integer().version(),
  } satisfies Mapping<Omit<Delivery, 'isQueued'>>,
});
