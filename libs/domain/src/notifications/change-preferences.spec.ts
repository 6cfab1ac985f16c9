import { describe, expect, it } from '@jest/globals';
import { aPortalUser, FixedClock, InMemoryHistory, InMemoryPreferences, InMemoryUnitOfWork } from '@portico/testing';
import type { ContactId } from '../kernel/index.js';
import { ChangePreferences } from './change-preferences.js';
import { type Choice, preferencesOf } from './preferences.js';

function world() {
  const [preferences, history] = [new InMemoryPreferences(), new InMemoryHistory()];
  const unitOfWork = new InMemoryUnitOfWork([preferences, history]);
  const useCase = new ChangePreferences(preferences, history, unitOfWork, new FixedClock());
  const of = async (user = aPortalUser()) => {
    const all = preferencesOf(await preferences.sheet(user));
    return new Map(all.map(({ type, inApp, email, isCustomized }) => [type, { inApp, email, isCustomized }]));
  };
  const change = (...choices: Choice[]) => useCase.execute(aPortalUser(), choices);
  return { preferences, history, of, change };
}

const choice = (type: string, inApp = false, email = false): Choice => ({ type, inApp, email });

describe('ChangePreferences', () => {
  it('keeps what is given, leaves the others, and is of one contact', async () => {
    const { of, change } = world();
    await change(choice('invoice_issued'), choice('announcement', true, true));
    await change(choice('announcement', false, true));
    const mine = await of();
    expect(mine.get('invoice_issued')).toEqual({ inApp: false, email: false, isCustomized: true });
    expect(mine.get('announcement')).toEqual({ inApp: false, email: true, isCustomized: true });
    expect(mine.get('note_added')).toEqual({ inApp: true, email: true, isCustomized: false });
    const other = await of(aPortalUser({ contactId: '21' as ContactId }));
    expect(other.get('invoice_issued')).toMatchObject({ isCustomized: false });
  });

  it('keeps what is chosen as it is by default: it is a choice too', async () => {
    const { of, change } = world();
    await change(choice('invoice_issued', true, true));
    expect((await of()).get('invoice_issued')).toEqual({ inApp: true, email: true, isCustomized: true });
  });

  it('tells the history what has changed, and nothing when nothing has', async () => {
    const { history, change } = world();
    const user = aPortalUser();
    await change(choice('invoice_issued', true, false), choice('note_added', true, true));
    await change(choice('invoice_issued', true, false));
    await change();
    expect(history.entries).toEqual([
      {
        author: expect.objectContaining({ firmId: user.firmId, contactId: user.contactId }),
        action: 'contact.preferences_changed',
        subject: { type: 'contact', id: user.contactId },
        details: {
          invoice_issued: { from: { inApp: true, email: true }, to: { inApp: true, email: false } },
          note_added: { from: { inApp: true, email: true }, to: { inApp: true, email: true } },
        },
      },
    ]);
  });

  it.each([
    ['an unknown type', [choice('weather')], 'unknown_notification_type', '/preferences/1/notification_type'],
    ['a type for staff', [choice('request_received')], 'unknown_notification_type', '/preferences/1/notification_type'],
    ['a type twice', [choice('note_added')], 'repeated_notification_type', '/preferences/1/notification_type'],
    ['what is critical', [choice('contract_to_sign', true, false)], 'critical_notification_type', '/preferences/1'],
  ] as [string, Choice[], string, string][])(
    'refuses %s, and keeps nothing of the call',
    async (_what, wrong, code, pointer) => {
      const { history, of, change } = world();
      await expect(change(choice('note_added'), ...wrong)).rejects.toMatchObject({ code, source: { pointer } });
      expect([(await of()).get('note_added')?.isCustomized, history.entries]).toEqual([false, []]);
    },
  );

  it('takes back a whole list, with what is critical as it is', async () => {
    const { preferences, of, change } = world();
    preferences.own = [
      { type: 'weather', category: 'news', label: 'Weather', description: null, supportsPortal: true, defaultInApp: true, defaultEmail: false }, // prettier-ignore
      { type: 'internal', category: 'news', label: 'Internal', description: null, supportsPortal: false, defaultInApp: true, defaultEmail: false }, // prettier-ignore
    ];
    const all = preferencesOf(await preferences.sheet(aPortalUser()));
    await change(...all);
    const kept = await of();
    expect([...kept.keys()]).toEqual(all.map(({ type }) => type));
    expect([...kept].filter(([, { isCustomized }]) => !isCustomized).map(([type]) => type)).toEqual([
      'contract_to_sign',
    ]);
    expect([kept.has('weather'), kept.has('internal'), kept.has('request_received')]).toEqual([true, false, false]);
    await expect(change(choice('internal'))).rejects.toMatchObject({ code: 'unknown_notification_type' });
  });
});
