const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs `work` with a signal that Ctrl-C aborts, so that it can take back what it has begun and leave; a second Ctrl-C
 * ends the process at once.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  message = 'interrupted; nothing was written',
): Promise<T> {
  const controller = new AbortController();
  const abort = () => {
    ignore();
    controller.abort(new Error(message));
  };
  const ignore = () => SIGNALS.forEach((name) => process.off(name, abort));
  SIGNALS.forEach((name) => process.on(name, abort));
  try {
    return await work(controller.signal);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') controller.signal.throwIfAborted(); // says why
    throw error;
  } finally {
    ignore();
  }
}
