/** The values of a statement, and their places in its text. */
export class Values {
  readonly all: unknown[] = [];

  /** The placeholder of `value`. */
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }

  /** The statement for the ORM, whose placeholders have no numbers. */
  inlined(text: string): { sql: string; inOrder: unknown[] } {
    const inOrder: unknown[] = [];
    const sql = text.replace(/\$(\d+)/g, (_all, place: string) => {
      inOrder.push(this.all[Number(place) - 1]);
      return '?';
    });
    return { sql, inOrder };
  }
}
