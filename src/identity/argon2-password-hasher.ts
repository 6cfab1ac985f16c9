import { hash, verify } from '@node-rs/argon2';
import { PasswordHasher } from '@portico/domain/identity';

/** OWASP's recommended parameters for argon2id, which is the library's default: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export class Argon2PasswordHasher extends PasswordHasher {
  /** Of a password that nobody has, made when it is first needed. */
  private nobodys: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFC'), PARAMETERS);
  }

  async verify(password: string, kept: string | null): Promise<boolean> {
    const nobodys = await (this.nobodys ??= this.hash('a password that nobody has'));
    const isSame = await verify(kept ?? nobodys, password.normalize('NFC'));
    return kept !== null && isSame;
  }
}
