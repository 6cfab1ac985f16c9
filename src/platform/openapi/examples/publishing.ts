import type { ProblemExample } from './problem-example.js';

/** What publishing refuses. */
export const PUBLISHING: Readonly<Record<string, ProblemExample>> = {
  notification_without_publishing: {
    status: 400,
    detail:
      'With do_not_publish and no override contacts nobody can be told: contact_notification must be do_not_notify',
    source: { pointer: '/data/attributes/contact_notification' },
  },
  unknown_contacts: {
    status: 400,
    detail: 'The firm has no contacts with the ids 23',
    source: { pointer: '/data/attributes/publish_override_contact_ids' },
  },
  folders_not_publishable: {
    status: 400,
    detail: 'These are folders: 39',
    source: { pointer: '/data/attributes/files_id' },
  },
  files_not_publishable: {
    status: 403,
    detail: 'These files are unknown, or you may not change them: 38, 39. Nothing was published or withdrawn',
    source: { pointer: '/data/attributes/files_id' },
  },
  publish_result_not_found: { status: 404, detail: 'File 37 was never part of a call that publishes' },
  publish_call_not_found: { status: 404, detail: 'There is no such call, or nothing after this cursor' },
};
