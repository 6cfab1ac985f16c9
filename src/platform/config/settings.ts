/** A wrong setting; the message has one line for each variable. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads single variables and gathers what is wrong with them. An empty value counts as unset. */
export class Settings {
  private readonly faults: string[] = [];

  constructor(private readonly environment: Readonly<Record<string, string | undefined>>) {}

  has(name: string): boolean {
    return this.optional(name) !== null;
  }

  optional(name: string): string | null {
    const value = this.environment[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  text(name: string, otherwise: string): string {
    return this.optional(name) ?? otherwise;
  }

  integer(name: string, otherwise: number, least: number, most: number): number {
    const text = this.optional(name);
    if (text === null) return otherwise;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    this.refuse(name, `must be a whole number from ${least} to ${most}, not "${text}"`);
    return otherwise;
  }

  matching(name: string, pattern: RegExp, what: string): string | null {
    const text = this.optional(name);
    if (text === null || pattern.test(text)) return text;
    this.refuse(name, `must be ${what}`);
    return null;
  }

  oneOf<T extends string>(name: string, values: readonly T[], otherwise: T): T {
    const text = this.optional(name);
    if (text === null) return otherwise;
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) this.refuse(name, `must be one of ${values.join(', ')}, not "${text}"`);
    return value ?? otherwise;
  }

  url(name: string, protocols: readonly string[]): string | null {
    const text = this.optional(name);
    if (text === null) return null;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
    this.refuse(name, `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    return null;
  }

  /** Separated by commas. */
  urls(name: string, protocols: readonly string[]): string[] {
    const urls = (this.optional(name) ?? '').split(',').map((text) => text.trim());
    const given = urls.filter((text) => text !== '');
    if (given.every((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol))) return given;
    const begin = protocols.map((protocol) => `${protocol}//`).join(' or ');
    this.refuse(name, `must be URLs that begin with ${begin}, separated by commas`);
    return [];
  }

  bytes(name: string, length: number): Buffer | null {
    const text = this.optional(name);
    if (text === null) return null;
    const value = Buffer.from(text, 'base64');
    if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && value.length === length) return value;
    this.refuse(name, `must be ${length} bytes in base64`);
    return null;
  }

  refuse(name: string, reason: string): void {
    this.faults.push(`${name} ${reason}`);
  }

  throwIfRefused(): void {
    if (this.faults.length > 0) throw new ConfigError(this.faults);
  }
}
