import { type Affiliations, isNone, without } from './affiliations.js';
import type { Contact } from './contact.js';
import type { ContactRepository } from './contact-repository.js';

/** Makes the affiliations of `contact` those in `to`, and answers what changed, for the history. */
export async function reaffiliate(
  contacts: ContactRepository,
  contact: Contact,
  from: Affiliations,
  to: Affiliations,
  now: Date,
): Promise<{ affiliated?: Affiliations; separated?: Affiliations }> {
  const [affiliated, separated] = [without(to, from), without(from, to)];
  if (isNone(affiliated) && isNone(separated)) return {};
  await contacts.separate(contact.firmId, contact.id, separated);
  await contacts.affiliate(contact.firmId, contact.id, affiliated);
  contact.reaffiliated(to, now);
  return { ...(!isNone(affiliated) && { affiliated }), ...(!isNone(separated) && { separated }) };
}
