import type { NextFunction, Response } from 'express';
import { DomainError } from '@portico/domain/kernel';
import type { ObservedRequest } from './observed-request.js';

/** The part of Express's router that knows which methods an address has. */
export interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

/** After all routes: an address that exists with other methods is 405 with `Allow`, not 404. */
export function refuseMethod(layers: () => readonly Layer[]) {
  return (request: ObservedRequest, response: Response, next: NextFunction): void => {
    const methods = new Set<string>();
    for (const layer of layers())
      if (layer.route && matches(layer, request.path))
        for (const method of Object.keys(layer.route.methods)) methods.add(method.toUpperCase());
    if (methods.size === 0) {
      next();
      return;
    }
    if (methods.has('GET')) methods.add('HEAD');
    response.setHeader('Allow', [...methods].sort().join(', '));
    next(new DomainError('method_not_allowed', 'method_not_allowed', `${request.method} is not possible here`));
  };
}

function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false; // the path is not properly encoded, so it names nothing
  }
}
