import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** A mail that arrived. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: Email;
  header(name: string): string | undefined;
}

/** What the server says instead of yes. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
}

/** A real mail server in the test process. It takes everything, unless it is told otherwise. */
export class SmtpInbox {
  readonly received: Received[] = [];
  /** Every recipient that it was asked for, refused ones included. */
  readonly asked: string[] = [];
  connections = 0;
  private server: SMTPServer | null = null;
  private port = 0;

  onRecipient: (address: string) => Refusal | null = () => null;
  /** What it says to the mail itself; may take its time. */
  onMail: (to: string) => Promise<Refusal | null> = () => Promise.resolve(null);

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** After a stop it comes back where it was. */
  async start(): Promise<void> {
    if (this.server) return;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 100,
      onConnect: (_session, answer) => {
        this.connections++;
        answer();
      },
      onRcptTo: ({ address }, _session, answer) => {
        this.asked.push(address);
        answer(errorOf(this.onRecipient(address)));
      },
      onData: (stream, session, answer) => {
        this.take(stream, session).then((refusal) => answer(errorOf(refusal)), answer);
      },
    });
    server.on('error', () => undefined); // a connection that the client broke off
    this.server = server;
    server.listen(this.port, '127.0.0.1');
    await once(server.server, 'listening');
    this.port = (server.server.address() as AddressInfo).port;
  }

  /** Connections under way are broken off. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server) return;
    const connections = (server as unknown as { connections: Set<{ close(): void; _socket: { destroy(): void } }> })
      .connections;
    for (const connection of connections) connection._socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  to(address: string): Received[] {
    return this.received.filter(({ to }) => to.includes(address));
  }

  private async take(stream: NodeJS.ReadableStream, { envelope }: SMTPServerSession): Promise<Refusal | null> {
    const bytes = await buffer(stream);
    const to = envelope.rcptTo.map(({ address }) => address);
    const refusal = await this.onMail(to[0] ?? '');
    if (refusal) return refusal;
    const mail = await PostalMime.parse(bytes);
    const header = (name: string) => mail.headers.find(({ key }) => key === name.toLowerCase())?.value;
    const from = envelope.mailFrom ? envelope.mailFrom.address : '';
    this.received.push({ from, to, raw: bytes.toString('latin1'), mail, header });
    return null;
  }
}

function errorOf(refusal: Refusal | null): Error | null {
  return refusal && Object.assign(new Error(refusal.message), { responseCode: refusal.code });
}
