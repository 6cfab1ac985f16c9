import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { syncDirectory, writeDurably } from '../storage/durable.js';
import { MailTransport, type MailAnswer, type OutgoingMail } from './mail-transport.js';
import { messageOf } from './message.js';

/** Keeps each mail as a file that mail programs open; when it answers, the file survives a power cut. */
export class FileTransport extends MailTransport {
  private readonly mailer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(private readonly directory: string) {
    super();
  }

  async send(mail: OutgoingMail): Promise<MailAnswer> {
    const name = `${mail.date.toISOString().replaceAll(':', '-')}-${mail.id}.eml`;
    try {
      const { message } = await this.mailer.sendMail(messageOf(mail));
      await this.keep(name, message as Buffer);
      return { kind: 'accepted', answer: `kept as ${name}` };
    } catch (error) {
      return { kind: 'postponed', answer: (error as Error).message };
    }
  }

  close(): void {
    this.mailer.close();
  }

  /** Under its name only when it is whole. */
  private async keep(name: string, message: Buffer): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const aside = path.join(this.directory, `.${name}.part`);
    await rm(aside, { force: true });
    await writeDurably(Readable.from([message]), aside);
    await rename(aside, path.join(this.directory, name));
    await syncDirectory(this.directory);
  }
}
