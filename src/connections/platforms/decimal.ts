/** Digits after the point that are kept exactly. */
const PLACES = 6;
const UNITS = 10n ** BigInt(PLACES);
/** What the columns hold: eleven digits before the point. */
const MOST = 10n ** 11n * UNITS;

/** A decimal number of which sums are exact: millionths. */
export class Decimal {
  static readonly ZERO = new Decimal(0n);

  private constructor(private readonly units: bigint) {}

  /** Null for what is no number, or too great for a figure. */
  static parse(value: unknown): Decimal | null {
    const text = typeof value === 'number' && Number.isFinite(value) ? value.toFixed(PLACES) : value;
    if (typeof text !== 'string') return null;
    const [, sign, whole, fraction = ''] = /^([+-]?)(\d{1,20})(?:\.(\d*))?$/.exec(text.trim()) ?? [];
    if (whole === undefined) return null;
    const units = BigInt(whole) * UNITS + BigInt(fraction.slice(0, PLACES).padEnd(PLACES, '0'));
    return units < MOST ? new Decimal(sign === '-' ? -units : units) : null;
  }

  /** So many millionths. */
  static micros(count: number): Decimal {
    return new Decimal(BigInt(count));
  }

  plus(other: Decimal): Decimal {
    return new Decimal(this.units + other.units);
  }

  /** With so many digits after the point, rounded half away from zero. */
  text(places: number): string {
    const step = 10n ** BigInt(PLACES - places);
    const size = this.units < 0n ? -this.units : this.units;
    const digits = String((size + step / 2n) / step).padStart(places + 1, '0');
    const isNegative = this.units < 0n && /[1-9]/.test(digits);
    return `${isNegative ? '-' : ''}${digits.slice(0, digits.length - places)}.${digits.slice(-places)}`;
  }

  /** The same, and 0 for what is negative: corrections of a platform may go below what it counted. */
  textFromZero(places: number): string {
    return (this.units < 0n ? Decimal.ZERO : this).text(places);
  }
}
