import type { ContactId, FileId } from '../kernel/index.js';
import type { NewNotification } from '../notifications/index.js';
import type { CarriedOut } from './carried-out.js';

interface Fresh {
  readonly files: { readonly id: FileId; readonly name: string }[];
}

/**
 * What contacts see in the portal of a call: one thing for each contact to whom it published anything that was not
 * published to them before, whatever the number of files. Who got the same is told together.
 */
export function publishedNotifications({ call, plans }: Pick<CarriedOut, 'call' | 'plans'>): NewNotification[] {
  const byContact = new Map<ContactId, Fresh>();
  for (const { file, decisions } of plans)
    for (const { contactId, outcome } of decisions) {
      if (outcome !== 'published') continue;
      const fresh = byContact.get(contactId) ?? { files: [] };
      fresh.files.push(file);
      byContact.set(contactId, fresh);
    }
  const alike = Map.groupBy([...byContact], ([, { files }]) => `${files[0]?.id} ${files.length}`);
  return [...alike.values()].flatMap((contacts) => {
    const { files } = contacts[0]?.[1] ?? { files: [] };
    const [first] = files;
    if (!first) return [];
    const ids = contacts.map(([id]) => id);
    return [
      {
        type: 'file_published',
        to: { kind: 'contacts', ids },
        clientId: null,
        resource: files.length === 1 ? { type: 'file', id: first.id } : { type: 'publish_call', id: call.id },
        names: { name: first.name, count: String(files.length) },
        by: call.userId === null ? null : { userId: call.userId },
      },
    ];
  });
}
