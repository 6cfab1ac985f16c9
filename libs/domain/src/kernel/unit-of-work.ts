/** All or nothing: what `work` adds and changes is written together when it ends, or not at all when it throws. */
export abstract class UnitOfWork {
  /**
   * Runs `work` in one transaction and answers its result. Slow things (bytes, mail, third parties) stay outside.
   * `work` that loses a race is taken back and run again: so it makes what it adds, and changes nothing outside of the
   * ports.
   * @throws what `work` throws, after everything was taken back
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;
}
