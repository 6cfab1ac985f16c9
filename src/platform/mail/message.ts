import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from './mail-transport.js';

/** The mail as the library writes it: text and HTML, in UTF-8. What is not trusted is never parsed for addresses. */
export function messageOf(mail: OutgoingMail): SendMailOptions {
  const { from, to, subject, text, html, date } = mail;
  return {
    from: { ...from },
    to: { ...to },
    envelope: { from: { name: '', address: from.address }, to: [{ name: '', address: to.address }] },
    subject,
    text,
    html,
    date,
    messageId: `<${mail.messageId}>`,
    ...(mail.unsubscribeUrl !== null && { list: { unsubscribe: { url: mail.unsubscribeUrl } } }),
    headers: {
      ...(mail.unsubscribeUrl !== null && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      'Auto-Submitted': 'auto-generated',
      'Content-Language': mail.language,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
