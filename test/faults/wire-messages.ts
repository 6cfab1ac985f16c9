/**
 * As much of PostgreSQL's protocol (version 3) as a proxy needs: a message is a letter, its length with itself in four
 * bytes, and its content.
 */
const HEAD = 5;

/** Takes a stream of messages apart. */
export class MessageReader {
  private rest: Buffer = Buffer.alloc(0);

  /** The messages that are whole with this piece. */
  read(chunk: Buffer): Buffer[] {
    let bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const messages: Buffer[] = [];
    while (bytes.length >= HEAD && bytes.length > bytes.readInt32BE(1)) {
      const end = 1 + bytes.readInt32BE(1);
      messages.push(bytes.subarray(0, end));
      bytes = bytes.subarray(end);
    }
    this.rest = Buffer.from(bytes);
    return messages;
  }
}

/** The name under which a connection introduces itself, from the first message, which has no letter; else empty. */
export function applicationOf(startup: Buffer): string {
  const fields = startup.subarray(8).toString('utf8').split('\0');
  return fields[fields.indexOf('application_name') + 1] ?? '';
}

export function isOfType(message: Buffer, ...letters: readonly string[]): boolean {
  return letters.includes(String.fromCharCode(message[0] ?? 0));
}

/**
 * The SQL of the messages of one statement; null when they are none. `prepared` holds the texts of those that bear a
 * name, and is added to.
 */
export function textOf(group: readonly Buffer[], prepared: Map<string, string>): string | null {
  for (const message of group) {
    const [first = '', second = ''] = message.subarray(HEAD).toString('utf8').split('\0');
    if (isOfType(message, 'Q')) return first;
    if (isOfType(message, 'P')) prepared.set(first, second);
    if (isOfType(message, 'P')) return second;
    if (isOfType(message, 'B')) return prepared.get(second) ?? '';
  }
  return null;
}

/** The message of a statement without values. */
export function simpleQuery(text: string): Buffer {
  const content = Buffer.from(`${text}\0`);
  const head = Buffer.alloc(HEAD);
  head.write('Q');
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

/** Ends a statement of several messages. */
export const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);
