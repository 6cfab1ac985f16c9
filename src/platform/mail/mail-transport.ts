/** A person or an office, as a mail names it. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One mail to one person. */
export interface OutgoingMail {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly date: Date;
  /** Without angle brackets; the same when the same mail is sent again. */
  readonly messageId: string;
  /** Where a POST ends such mails (RFC 8058); null for those that can't be ended so. */
  readonly unsubscribeUrl: string | null;
  /** Of the mail: of what this one is a later attempt, too. A UUID. */
  readonly id: string;
}

/** What became of a mail that was handed over. */
export interface MailAnswer {
  /** `postponed`: it was not taken for a reason that may pass. */
  readonly kind: 'accepted' | 'refused' | 'postponed';
  readonly answer: string;
}

/** Where mails go: a mail server, or a folder. */
export abstract class MailTransport {
  /** Hands one mail over. Never throws because of what is at the other end. */
  abstract send(mail: OutgoingMail): Promise<MailAnswer>;

  /** Gives up what is still open; nothing is sent after it. */
  abstract close(): void;
}
