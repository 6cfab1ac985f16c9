import type { Clock } from '@portico/domain/kernel';
import { type MailOutcome, NoticeSender, type ReadyMail } from '@portico/domain/notifications';
import type { MailSender } from '../platform/config/mail-config.js';
import type { MailTransport, OutgoingMail } from '../platform/mail/mail-transport.js';
import { noticeHtml } from './notice/notice-html.js';
import { noticeParts } from './notice/notice-parts.js';
import { noticeText } from './notice/notice-text.js';
import { nameIn, shown } from './notice/shown.js';
import type { UnsubscribeTokens } from './unsubscribe-tokens.js';

/** Whom mails come from, and where their links lead. Addresses are without a slash at the end. */
export interface MailAddresses {
  readonly from: MailSender;
  readonly publicUrl: string;
  readonly portalUrl: string;
}

/** Writes what somebody is told as a mail in their language, and hands it over. */
export class MailNoticeSender extends NoticeSender {
  constructor(
    private readonly transport: MailTransport,
    private readonly addresses: MailAddresses,
    private readonly tokens: UnsubscribeTokens,
    private readonly clock: Clock,
  ) {
    super();
  }

  async send(ready: ReadyMail): Promise<MailOutcome> {
    const mail = this.mailOf(ready);
    return { ...(await this.transport.send(mail)), messageId: `<${mail.messageId}>` };
  }

  private mailOf({ firmId, deliveryId, address, notice }: ReadyMail): OutgoingMail {
    const { from, publicUrl, portalUrl } = this.addresses;
    const { reader, firmName } = notice;
    const token = reader.contactId === null ? '' : this.tokens.of({ firmId, contactId: reader.contactId });
    const parts = noticeParts(notice, {
      all: portalUrl,
      unsubscribe: `${publicUrl}/unsubscribe/${token}`,
      fileOf: (id) => `${portalUrl}/${id}`,
    });
    return {
      id: deliveryId,
      from: { name: from.name ?? shown(firmName), address: from.address },
      to: { name: shown(nameIn('en', reader.name.first, reader.name.last)), address },
      subject: parts.subject,
      text: noticeText(parts),
      html: noticeHtml(parts),
      language: parts.language,
      date: this.clock.now(),
      messageId: `${deliveryId}@${from.address.slice(from.address.lastIndexOf('@') + 1)}`,
      unsubscribeUrl: parts.unsubscribe?.url ?? null,
    };
  }
}
