/** The conditions of one statement and their values; the same conditions make the same prepared statement. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  and(condition: string): this {
    this.parts.push(condition);
    return this;
  }

  /** `condition` ends where the value is to stand: `e.id =`. */
  add(condition: string, value: unknown): this {
    return this.and(`${condition} ${this.value(value)}`);
  }

  /** `column` is one of `ids`. */
  anyOf(column: string, ids: readonly string[]): this {
    return this.and(`${column} = any (${this.value(ids)}::bigint[])`);
  }

  /** The placeholder of `value`. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get text(): string {
    return this.parts.join(' and ');
  }
}
