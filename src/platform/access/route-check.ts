import { type OnModuleInit } from '@nestjs/common';
import { type DiscoveryService, type MetadataScanner, type Reflector } from '@nestjs/core';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { ACCESS } from './access.js';

/** Stops the boot when a route declares no access. */
export class RouteCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error naming every route that declares nothing */
  onModuleInit(): void {
    const open: string[] = [];
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, (...args: unknown[]) => unknown>;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        if (!handler || this.reflector.get(METHOD_METADATA, handler) === undefined) continue;
        if (this.reflector.get(ACCESS, handler) === undefined) open.push(`${metatype.name}.${name}`);
      }
    }
    if (open.length > 0) throw new Error(`These routes declare no access: ${open.join(', ')}`);
  }
}
