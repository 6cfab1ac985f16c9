import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { type ModuleRef, Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { lastValueFrom, of } from 'rxjs';
import { DomainError } from '@portico/domain/kernel';
import type { Database } from '../database/database.js';
import { tagOf } from '../http/entity-tags.js';
import { conditionOfCall } from './call-condition.js';
import { Conditional, Tagged } from './conditional.js';
import { ConditionalInterceptor } from './conditional.interceptor.js';

const SHOWN = { name: 'as it is' };

/** What can be seen, and routes that are about it. */
class Things {
  shown: () => Promise<object> = () => Promise.resolve(SHOWN);

  @Conditional(Things, (things) => things.shown())
  change(this: void): void {}

  @Tagged()
  @Conditional(Things, (things) => things.shown())
  answer(this: void): void {}

  plain(this: void): void {}
}

/** What a route of `things` comes to that answers `body`; `committed` says whether it has changed something. */
async function called(
  route: 'change' | 'answer' | 'plain',
  headers: object,
  { things = new Things(), committed = false }: { things?: Things; committed?: boolean } = {},
): Promise<Record<string, string>> {
  const modules = { get: () => things } as unknown as ModuleRef;
  const database = { readCommitted: <T>(read: () => Promise<T>) => read() } as Database;
  const sent: Record<string, string> = {};
  const request = { method: 'PATCH', headers, params: { id: '1' } };
  const response = {
    req: request,
    hasHeader: (name: string) => name in sent,
    setHeader: (name: string, value: string) => (sent[name] = value),
  } as unknown as Response;
  const context = {
    getHandler: () => Things.prototype[route],
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => response }),
  } as unknown as ExecutionContext;
  const handle = () => {
    if (committed) conditionOfCall.getStore()?.settle();
    return of(SHOWN);
  };
  const interceptor = new ConditionalInterceptor(new Reflector(), modules, database);
  await lastValueFrom(interceptor.intercept(context, { handle }));
  return sent;
}

const failed = (header: string) => expect.objectContaining({ code: 'precondition_failed', source: { header } });

describe('A route that changes something', () => {
  it('asks nothing without the headers, nor when it is not conditional', async () => {
    const things = new Things();
    things.shown = () => Promise.reject(new Error('nobody asks'));
    await called('change', {}, { things });
    await called('plain', { 'if-match': '"other"' }, { things });
  });

  it('is refused also when it has found nothing to change', async () => {
    await called('change', { 'if-match': tagOf(SHOWN) });
    await expect(called('change', { 'if-match': '"other"' })).rejects.toEqual(failed('If-Match'));
    await expect(called('change', { 'if-none-match': tagOf(SHOWN) })).rejects.toEqual(failed('If-None-Match'));
  });

  it('does not ask again when the change is committed', async () => {
    await called('change', { 'if-match': '"what it was"' }, { committed: true });
  });

  it('is refused when there is nothing to see, whatever the tag', async () => {
    const things = new Things();
    things.shown = () => Promise.reject(new DomainError('not_found', 'thing_not_found', 'There is no such thing'));
    await expect(called('change', { 'if-match': '*' }, { things })).rejects.toEqual(failed('If-Match'));
    await called('change', { 'if-none-match': '*' }, { things });
  });

  it('fails as the look at it fails', async () => {
    const things = new Things();
    things.shown = () => Promise.reject(new Error('no database'));
    await expect(called('change', { 'if-match': '*' }, { things })).rejects.toThrow('no database');
  });

  it('answers under the tag of what it shows', async () => {
    expect(await called('answer', {})).toEqual({ ETag: tagOf(SHOWN) });
    expect(await called('change', {})).toEqual({});
  });
});
