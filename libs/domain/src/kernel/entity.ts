/** The data of an entity: its fields without its methods. */
export type Data<T> = {
  [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: T[K];
};

/** What the world reads and only its own methods change. */
export abstract class Entity<T> {
  /** Sets several fields at once; the one way in which an entity changes. */
  protected change(fields: Partial<Data<T>>): void {
    Object.assign(this, fields);
  }
}
