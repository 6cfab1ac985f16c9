import { SecretHasher } from '@portico/domain/identity';
import type { SecretKey } from '../platform/config/secret-key.js';

export class KeyedSecretHasher extends SecretHasher {
  constructor(private readonly key: SecretKey) {
    super();
  }

  hash(secret: string): string {
    return this.key.hash(secret).toString('hex');
  }
}
