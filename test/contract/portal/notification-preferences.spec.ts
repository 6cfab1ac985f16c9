import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectStatus } from '../../support/expected-answers.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { sqlOn } from '../../support/server-database.js';
import { SharedPortico } from '../../support/shared-portico.js';

interface Preference {
  readonly notification_type: string;
  readonly category: string;
  readonly label: string;
  readonly description: string | null;
  readonly channel_in_app: boolean;
  readonly channel_email: boolean;
  readonly is_customized: boolean;
}

const FIELDS = [
  ...['notification_type', 'category', 'label', 'description', 'channel_in_app', 'channel_email', 'is_customized'],
];
const TYPES = [
  ...['invoice_issued', 'budget_to_approve', 'note_added', 'request_changed', 'milestone_reached', 'announcement'],
  ...['file_published', 'contract_to_sign'],
];

let server: Portico;
let work: PortalWork;
let company: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  company = await work.client();
}, 60_000);
afterAll(() => server.dispose());

async function aViewer(fields: Readonly<Record<string, unknown>> = {}): Promise<PortalApi> {
  return work.portalOf(company, { user: await work.contact(company, fields), role: 'viewer' });
}
const list = async (portal: PortalApi) =>
  (await shown<{ preferences: Preference[] }>(portal, '/notifications/preferences')).preferences;
const find = async (portal: PortalApi, type: string) =>
  (await list(portal)).find((one) => one.notification_type === type);
const put = (portal: PortalApi, body: unknown) =>
  portal.call('put', '/notifications/preferences').set('Content-Type', 'application/json').send(JSON.stringify(body));
const choice = (type: string, inApp: unknown = false, email: unknown = false) => ({
  ...{ notification_type: type, channel_in_app: inApp, channel_email: email },
});
async function choose(portal: PortalApi, ...preferences: unknown[]): Promise<void> {
  const answer = await put(portal, { preferences });
  expectStatus(answer, 200);
  expect(answer.body).toEqual({ ok: true });
}

describe('Get Notification Preferences', () => {
  it('answers every type of which clients are told, with what holds of it', async () => {
    const portal = await aViewer();
    const all = await list(portal);
    for (const one of all) {
      expect(Object.keys(one)).toEqual(FIELDS);
      for (const channel of [one.channel_in_app, one.channel_email, one.is_customized])
        expect(typeof channel).toBe('boolean');
    }
    expect(all.map((one) => one.notification_type)).toEqual(TYPES);
    expect(await find(portal, 'invoice_issued')).toEqual({
      ...{ notification_type: 'invoice_issued', category: 'finance', label: 'New invoice' },
      ...{ description: 'An invoice was issued to you' },
      ...{ channel_in_app: true, channel_email: true, is_customized: false },
    });
    expect(await find(portal, 'announcement')).toMatchObject({ channel_in_app: true, channel_email: false });
  });

  it('is written in the language of the contact', async () => {
    expect(await find(await aViewer({ language: 'ja' }), 'invoice_issued')).toMatchObject({ label: '新しい請求書' });
  });

  it('shows what the firm says of types, also of its own', async () => {
    const other = await PortalWork.ofAnotherFirm(server);
    const client = await other.client();
    const portal = other.portalOf(client, { user: await other.contact(client, { language: 'de' }), role: 'viewer' });
    const type = (name: string, fields: object) => other.make('notification-types', { type: name, ...fields });
    const weather = await type('weather', { label: 'Weather', category: 'news', supportsPortal: true, defaultEmail: true }); // prettier-ignore
    await type('internal', { label: 'Internal' });
    await type('request_received', { label: 'For staff', supportsPortal: true });
    await type('note_added', { label: 'Notes', supportsPortal: false });
    const ours = {
      label: 'Bill',
      description: 'Yours',
      supportsPortal: true,
      defaultInApp: false,
      defaultEmail: false,
    };
    await type('invoice_issued', { ...ours, category: 'money' });
    const all = await list(portal);
    expect(all.map((one) => one.notification_type)).toEqual([
      ...TYPES.filter((one) => one !== 'note_added'),
      'weather',
    ]);
    expect(all[0]).toEqual({
      ...{ notification_type: 'invoice_issued', category: 'money', label: 'Bill', description: 'Yours' },
      ...{ channel_in_app: false, channel_email: false, is_customized: false },
    });
    expect(all.at(-1)).toMatchObject({ category: 'news', label: 'Weather', channel_email: true });
    await choose(portal, choice('weather'));
    expect(await find(portal, 'weather')).toMatchObject({ channel_email: false, is_customized: true });
    await other.remove('notification-types', weather);
    expect(await find(portal, 'weather')).toBeUndefined();
  });
});

describe('Update Notification Preferences', () => {
  it('keeps what is given, and leaves the rest as it is', async () => {
    const [portal, colleague] = [await aViewer(), await aViewer()];
    await choose(portal, choice('invoice_issued', true, false), choice('announcement', false, true));
    await choose(portal, choice('announcement', true, true));
    expect(await find(portal, 'invoice_issued')).toMatchObject({
      ...{ channel_in_app: true, channel_email: false, is_customized: true },
    });
    expect(await find(portal, 'announcement')).toMatchObject({ channel_in_app: true, channel_email: true });
    expect(await find(portal, 'note_added')).toMatchObject({ is_customized: false });
    expect(await find(colleague, 'invoice_issued')).toMatchObject({ channel_email: true, is_customized: false });
    await choose(portal);
  });

  it('understands 0 and 1', async () => {
    const portal = await aViewer();
    await choose(portal, choice('invoice_issued', 0, 1));
    expect(await find(portal, 'invoice_issued')).toMatchObject({ channel_in_app: false, channel_email: true });
  });

  it('takes a whole list back as it was answered', async () => {
    const portal = await aViewer();
    const sent = (await list(portal)).map((one) =>
      choice(one.notification_type, one.channel_in_app, one.channel_email),
    );
    await choose(portal, ...sent);
    expect((await list(portal)).filter((one) => !one.is_customized).map((one) => one.notification_type)).toEqual([
      'contract_to_sign',
    ]);
  });

  it.each([
    ['an unknown type', [choice('weather')], 'unknown_notification_type'],
    ['a type for staff', [choice('request_received')], 'unknown_notification_type'],
    ['the same type twice', [choice('note_added'), choice('note_added')], 'repeated_notification_type'],
    ['what can not be muted', [choice('contract_to_sign', true, false)], 'critical_notification_type'],
  ])('refuses %s, and keeps nothing of the call', async (_what, wrong, code) => {
    const portal = await aViewer();
    expectPortalRefusal(await put(portal, { preferences: [choice('invoice_issued'), ...wrong] }), 400, code);
    expect(await find(portal, 'invoice_issued')).toMatchObject({ is_customized: false });
  });

  it.each([
    ['no list', {}, 'invalid_value'],
    ['another thing than a list', { preferences: { invoice_issued: true } }, 'invalid_value'],
    ['a channel that is no boolean', { preferences: [choice('note_added', 'yes')] }, 'invalid_value'],
    ['a channel that is missing', { preferences: [{ notification_type: 'note_added' }] }, 'invalid_value'],
    ['a type that is no text', { preferences: [choice(7 as unknown as string)] }, 'invalid_value'],
    ['an unknown channel', { preferences: [{ ...choice('note_added'), channel_push: true }] }, 'unknown_member'],
    ['an unknown member', { preferences: [], all: true }, 'unknown_member'],
    ['more than 500', { preferences: Array.from({ length: 501 }, () => choice('note_added')) }, 'invalid_value'],
    ['a list alone', [choice('note_added')], 'invalid_body'],
  ])('refuses %s', async (_what, body, code) => {
    expectPortalRefusal(await put(await aViewer(), body), 400, code);
  });

  it('holds for what happens from then on in the portal', async () => {
    const portal = await aViewer();
    const issue = () => work.make('invoices', { clientId: Number(company), status: 'submitted' });
    await choose(portal, choice('invoice_issued', false, true));
    await issue();
    expect(await shown(portal, '/notifications/unread-count')).toEqual({ unread_count: 0 });
    await choose(portal, choice('invoice_issued', true, true));
    await issue();
    expect(await shown(portal, '/notifications/unread-count')).toEqual({ unread_count: 1 });
  });

  it('stands in the history, with what it was', async () => {
    const user = await work.contact(company);
    await choose(work.portalOf(company, { user }), choice('invoice_issued', true, false));
    const rows = await sqlOn(
      server,
      `select action, contact_id::text, user_id, client_id, details from history
       where subject_type = 'contact' and subject_id = $1 and action = 'contact.preferences_changed'`,
      [user],
    );
    expect(rows).toEqual([
      {
        ...{ action: 'contact.preferences_changed', contact_id: user, user_id: null, client_id: null },
        details: { invoice_issued: { from: { inApp: true, email: true }, to: { inApp: true, email: false } } },
      },
    ]);
  });
});
