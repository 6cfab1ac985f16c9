import { describe, expect, it } from '@jest/globals';
import { channelsOf, type FirmType, kindOf, NOTIFICATION_KINDS, settingsOf } from './notification-types.js';
import { CONTACT_NOTIFICATIONS, STAFF_NOTIFICATIONS } from './notifier.js';

const own = (type: string, changes: Partial<FirmType> = {}): FirmType => ({
  ...{ type, category: 'own', label: 'Own', description: null },
  ...{ supportsPortal: true, defaultInApp: true, defaultEmail: true },
  ...changes,
});

describe('the types of notifications', () => {
  it('are for contacts or for staff, and one of those for contacts is critical', () => {
    expect(Object.keys(NOTIFICATION_KINDS).sort()).toEqual([...CONTACT_NOTIFICATIONS, ...STAFF_NOTIFICATIONS].sort());
    const critical = Object.entries(NOTIFICATION_KINDS).filter(([, { isCritical }]) => isCritical);
    expect(critical.map(([type]) => type)).toEqual(['contract_to_sign']);
    expect(kindOf('toString')).toBeNull();
  });

  it('hold as they are built in where the firm says nothing', () => {
    expect(settingsOf('announcement', null)).toEqual({
      isForClients: true,
      isCritical: false,
      defaults: { inApp: true, email: false },
    });
    expect(settingsOf('request_received', null)).toMatchObject({ isForClients: false });
    expect(settingsOf('something_else', null)).toMatchObject({ isForClients: false, defaults: { email: false } });
  });

  it('hold as the firm says, where it says something', () => {
    const said = own('announcement', { supportsPortal: false, defaultInApp: false });
    expect(settingsOf('announcement', said)).toEqual({
      isForClients: false,
      isCritical: false,
      defaults: { inApp: false, email: true },
    });
    expect(settingsOf('weather', own('weather'))).toMatchObject({ isForClients: true, defaults: { email: true } });
  });

  it('for staff are never for clients', () => {
    expect(settingsOf('request_received', own('request_received'))).toMatchObject({ isForClients: false });
  });

  it('that are critical are told in every way, whatever firm and person say; the firm may tell clients nothing', () => {
    const said = own('contract_to_sign', { supportsPortal: false, defaultInApp: false, defaultEmail: false });
    const settings = settingsOf('contract_to_sign', said);
    expect(settings).toEqual({ isForClients: false, isCritical: true, defaults: { inApp: true, email: true } });
    expect(channelsOf(settings, { inApp: false, email: false })).toEqual({ inApp: true, email: true });
  });

  it('are told as the person prefers, channel by channel', () => {
    const settings = settingsOf('announcement', null);
    expect(channelsOf(settings, null)).toEqual({ inApp: true, email: false });
    expect(channelsOf(settings, { email: true })).toEqual({ inApp: true, email: true });
    expect(channelsOf(settings, { inApp: false, email: false })).toEqual({ inApp: false, email: false });
  });
});
