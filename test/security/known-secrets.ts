import { randomUUID } from 'node:crypto';

/** Secrets that a server has seen, by what they are, and where they stand in what it printed. */
export class KnownSecrets {
  private readonly secrets = new Map<string, string>();

  get size(): number {
    return this.secrets.size;
  }

  keep(what: string, secret: string): string {
    this.secrets.set(what, secret);
    return secret;
  }

  /** One that nobody had before. */
  make(what: string): string {
    return this.keep(what, `s3cret-${randomUUID()}`);
  }

  /** What of them is in the text, and in which form. */
  foundIn(text: string): string[] {
    return [...this.secrets].flatMap(([what, secret]) =>
      formsOf(secret)
        .filter((form) => text.includes(form))
        .map((form) => `${what}: ${form}`),
    );
  }
}

/** The forms in which a secret may stand in a text: itself, as in JSON, in an address, and within what is in base64. */
function formsOf(secret: string): string[] {
  const encoded = (['base64', 'base64url'] as const).flatMap((form) =>
    ['', 'x', 'xy'].map((before) => {
      const whole = Buffer.from(`${before}${secret}`).toString(form).replace(/=+$/, '');
      return whole.slice(before === '' ? 0 : 4, -2); // what stands beside it decides on the edges
    }),
  );
  const url = encodeURIComponent(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inJson, url, url.replaceAll('%20', '+'), Buffer.from(secret).toString('hex'), ...encoded];
}
