import type { Abstract, FactoryProvider } from '@nestjs/common';

/** A class that may be abstract, used as injection token. */
export type Token<T> = Abstract<T>;
type Tokens<Args extends readonly unknown[]> = { [K in keyof Args]: Token<Args[K]> };

/** Provides a plain class whose constructor takes what `tokens` name, in its order: the compiler checks it. */
export function provide<T, Args extends readonly unknown[]>(
  target: new (...args: Args) => T,
  ...tokens: Tokens<Args>
): FactoryProvider<T> {
  return bind(target, target, ...tokens);
}

/** Provides the adapter `target` for the port `port`. */
export function bind<Port, T extends Port, Args extends readonly unknown[]>(
  port: Token<Port>,
  target: new (...args: Args) => T,
  ...tokens: Tokens<Args>
): FactoryProvider<T> {
  return { provide: port, inject: [...tokens], useFactory: (...args) => new target(...(args as unknown as Args)) };
}
