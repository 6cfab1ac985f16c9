import { hash } from '@node-rs/argon2';
import { PasswordHasher } from '@portico/domain/identity';

/** OWASP's recommended parameters for argon2id, which is the library's default: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export class Argon2PasswordHasher extends PasswordHasher {
  hash(password: string): Promise<string> {
    return hash(password.normalize('NFC'), PARAMETERS);
  }
}
