import { PlatformFault } from '@portico/domain/connections';
import { Decimal } from './decimal.js';

/** A part of what a platform answered. Reading what is not there in the documented form is a fault of the platform. */
export class Json {
  constructor(
    private readonly value: unknown,
    private readonly path = 'body',
  ) {}

  /** The member of that name, which need not be there. */
  at(...names: readonly (string | number)[]): Json {
    return names.reduce<Json>((part, name) => part.member(name), this);
  }

  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The items of a list; none when it is not there. */
  get items(): Json[] {
    if (!this.isThere) return [];
    if (!Array.isArray(this.value)) throw this.malformed('a list');
    return this.value.map((item: unknown, index) => new Json(item, `${this.path}.${index}`));
  }

  /** The values of the members of an object; none when it is not there. */
  get members(): Json[] {
    if (typeof this.value !== 'object' || this.value === null) return [];
    return Object.keys(this.value).map((name) => this.at(name));
  }

  /** Text that is not empty; a number is its digits. */
  get text(): string {
    const text = this.textOrNull;
    if (text === null) throw this.malformed('text');
    return text;
  }

  get textOrNull(): string | null {
    if (typeof this.value === 'number') return String(this.value);
    return typeof this.value === 'string' && this.value !== '' ? this.value : null;
  }

  get isTrue(): boolean {
    return this.value === true;
  }

  /** A whole number that is not negative, as a number or as text; 0 when it is not there. */
  get count(): number {
    if (!this.isThere) return 0;
    const count = Number(this.textOrNull ?? NaN);
    if (!Number.isSafeInteger(count) || count < 0) throw this.malformed('a count');
    return count;
  }

  /** A decimal number, as a number or as text; 0 when it is not there. */
  get decimal(): Decimal {
    if (!this.isThere) return Decimal.ZERO;
    const decimal = Decimal.parse(this.value);
    if (!decimal) throw this.malformed('a number');
    return decimal;
  }

  /** The code of a currency, ISO 4217. */
  get currency(): string {
    const code = this.text.toUpperCase();
    if (!/^[A-Z]{3}$/.test(code)) throw this.malformed('a currency');
    return code;
  }

  /** A day of the calendar, `YYYY-MM-DD`, which may be followed by a time and written without dashes. */
  get day(): string {
    const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:[ T].*)?$/.exec(this.text) ?? [];
    const iso = `${year}-${month}-${day}`;
    if (Number.isNaN(Date.parse(`${iso}T00:00:00Z`))) throw this.malformed('a day');
    return iso;
  }

  /** The name of a time zone that this installation knows; null for any other. */
  get timeZoneOrNull(): string | null {
    const name = this.textOrNull;
    if (name === null) return null;
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone && name;
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  get timeZone(): string {
    const name = this.timeZoneOrNull;
    if (name === null) throw this.malformed('a time zone');
    return name;
  }

  private member(name: string | number): Json {
    const { value, path } = this;
    const member =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string | number, unknown>)[name]
        : undefined;
    return new Json(member, `${path}.${name}`);
  }

  private malformed(what: string): PlatformFault {
    return new PlatformFault('malformed', `the platform answered in an unknown form: ${this.path} is not ${what}`);
  }
}
