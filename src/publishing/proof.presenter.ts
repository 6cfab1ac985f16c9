import type { FileId, FirmId, Page } from '@portico/domain/kernel';
import { hashedText, type ProofEvent } from '@portico/domain/proof';
import {
  type ContactReceipt,
  type DeliveryItem,
  type PublicationItem,
  receiptOf,
  type ReceiptSource,
} from '@portico/domain/publishing';
import { instant, nextLink } from '../platform/http/json-api.js';
import { hashOf } from '../proof/proof.module.js';
import type {
  MailState,
  PublicationListDocument,
  PublicationResource,
  ReceiptContactDto,
  ReceiptDocument,
  ReceiptEventDto,
} from './proof.dto.js';

const numberOf = (id: string | null): number | null => (id === null ? null : Number(id));
const instantOf = (date: Date | null): string | null => (date === null ? null : instant(date));

/** Publications and receipts as JSON:API resources. */
export class ProofPresenter {
  publications(fileId: FileId, page: Page<PublicationItem>, query: object): PublicationListDocument {
    const next = nextLink(`/v1/files/${fileId}/publications`, query as Record<string, unknown>, page.next);
    return { data: page.items.map((item) => publication(fileId, item)), links: { next } };
  }

  receipt(firmId: FirmId, source: ReceiptSource): ReceiptDocument {
    const { id, name, bytes, sha256 } = source.file;
    const contacts = receiptOf(source).map(contactOf);
    const events = source.events.map((event) => eventOf(firmId, event));
    const attributes = { file_id: Number(id), name, bytes, sha256, contacts, events };
    return { data: { id, type: 'receipts', attributes, links: { self: `/v1/files/${id}/receipt` } } };
  }
}

function publication(fileId: FileId, item: PublicationItem): PublicationResource {
  return {
    id: item.id,
    type: 'publications',
    attributes: {
      file_id: Number(fileId),
      contact_id: Number(item.contactId),
      published_at: instant(item.publishedAt),
      published_by: numberOf(item.publishedBy),
      rule: item.rule,
      rule_id: numberOf(item.ruleId),
      viewed_at: instantOf(item.viewedAt),
      downloaded_at: instantOf(item.downloadedAt),
      acknowledged_at: instantOf(item.acknowledgedAt),
      mail: item.delivery && mailOf(item.delivery),
    },
  };
}

function mailOf({ id, state, attempts, answer, queuedAt, attemptedAt, settledAt }: DeliveryItem): MailState {
  const instants = { attempted_at: instantOf(attemptedAt), settled_at: instantOf(settledAt) };
  return { id, state, attempts, answer, queued_at: instant(queuedAt), ...instants };
}

function contactOf(receipt: ContactReceipt): ReceiptContactDto {
  const { viewed, downloaded } = receipt;
  return {
    contact_id: Number(receipt.contactId),
    first_name: receipt.firstName,
    last_name: receipt.lastName,
    publications: receipt.publications.map((one) => ({
      published_at: instant(one.publishedAt),
      published_by: numberOf(one.publishedBy),
      rule: one.rule,
      rule_id: numberOf(one.ruleId),
      sha256: one.sha256,
      withdrawn_at: instantOf(one.withdrawnAt),
      withdrawn_by: numberOf(one.withdrawnBy),
    })),
    mails: receipt.mails.map((mail) => ({ ...mailOf(mail), address: mail.address })),
    viewed: viewed && timesOf(viewed),
    downloaded: downloaded && {
      ...timesOf(downloaded),
      sha256: downloaded.sha256,
      ranges: [...downloaded.ranges],
      is_complete: downloaded.isComplete,
    },
    acknowledged_at: instantOf(receipt.acknowledgedAt),
  };
}

function timesOf({ firstAt, lastAt, count }: { firstAt: Date; lastAt: Date; count: number }) {
  return { first_at: instant(firstAt), last_at: instant(lastAt), count };
}

function eventOf(firmId: FirmId, event: ProofEvent): ReceiptEventDto {
  const { seq, at, kind, contactId, hash } = event;
  const text = hashedText(firmId, event);
  return {
    seq,
    at: instant(at),
    kind,
    contact_id: numberOf(contactId),
    hashed_text: text,
    hash,
    is_intact: hashOf(text) === hash,
  };
}
