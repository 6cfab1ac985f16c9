/** One part of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  readonly content: string | Buffer;
  readonly filename?: string;
  readonly type?: string;
}

export interface Multipart {
  readonly type: string;
  readonly body: Buffer;
}

const BOUNDARY = '----portico-contract-7MA4YWxkTrZu0gW';

/** Byte for byte what is to be sent, with names in raw UTF-8 and quotes escaped as curl does. */
export function multipart(parts: readonly Part[]): Multipart {
  const chunks = parts.flatMap(({ name, content, filename, type }) => {
    const file = filename === undefined ? '' : `; filename="${filename.replace(/["\\]/g, '\\$&')}"`;
    const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`;
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${typeLine}\r\n`;
    return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')];
  });
  return {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    body: Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  };
}

/** The part `file`. */
export function filePart(filename: string, content: string | Buffer = 'bytes', type?: string): Part {
  return { name: 'file', content, filename, type };
}

/** The part `metadata` with these attributes. */
export function metadataPart(attributes: object): Part {
  return { name: 'metadata', content: JSON.stringify({ data: { type: 'files', attributes } }) };
}
