/** How passwords are kept: slow on purpose. */
export abstract class PasswordHasher {
  /** argon2id in PHC string format. */
  abstract hash(password: string): Promise<string>;

  /** Whether `password` is the one of which `hash` was made; null takes as long as any, and is nobody's. */
  abstract verify(password: string, hash: string | null): Promise<boolean>;
}

/** How long random secrets are kept: fast, keyed with the installation's own key. */
export abstract class SecretHasher {
  /** Lower-case hex of the keyed hash of `secret`. */
  abstract hash(secret: string): string;
}
