import 'reflect-metadata';
import { Controller, Get, type Type } from '@nestjs/common';
import { type DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { describe, expect, it } from '@jest/globals';
import { Public, RequireAccess, RequireBackOffice } from './access.js';
import { RouteCheck } from './route-check.js';

@Controller()
class Declared {
  @Get('a')
  @Public()
  open(): void {}

  @Get('b')
  @RequireAccess({ scopes: ['FILES'], permissions: ['files_view'] })
  guarded(): void {}

  @Get('c')
  @RequireBackOffice()
  office(): void {}

  /** No route. */
  beside(): void {}
}

@Controller()
class Forgotten extends Declared {
  @Get('d')
  naked(): void {}
}

function boot(...controllers: Type[]): void {
  const discovery = {
    getControllers: () => controllers.map((metatype) => ({ metatype })),
  } as unknown as DiscoveryService;
  new RouteCheck(discovery, new MetadataScanner(), new Reflector()).onModuleInit();
}

describe('The boot', () => {
  it('goes on when every route declares who may call it', () => {
    expect(() => boot(Declared)).not.toThrow();
  });

  it('stops when a route declares nothing, and names it', () => {
    expect(() => boot(Declared, Forgotten)).toThrow('These routes declare no access: Forgotten.naked');
  });
});
