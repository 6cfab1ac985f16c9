import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type Lock, type Locker, Server } from '@tus/server';
import type { Response as Answer } from 'express';
import { type Actor, type Clock, DomainError, type Random } from '@portico/domain/kernel';
import type { Upload } from '@portico/domain/uploads';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { Checksum } from './checksum.js';
import { TUS_VERSION } from './tus-calls.js';
import { tusErrorOf, tusErrors } from './tus-errors.js';
import { TusStore } from './tus-store.js';
import { uploadDocument } from './upload.presenter.js';
import type { UploadLocks } from './upload-locks.js';
import type { UploadUseCases } from './upload-use-cases.js';

const BASE = '/v1/uploads';
const MEDIA_TYPE = 'application/vnd.api+json';
/** How long a request that writes may go on after another has asked for the upload. */
const DRAIN_MS = 500;
const OF_REQUEST = /^(?:tus-resumable|upload-.+|content-type|content-length)$/;
const OF_ANSWER = /^(?:upload-(?!expires).+|location|content-location|cache-control|connection)$/;

/** A call of the protocol: the library sees to its rules, and our use cases do what they come to. */
export class TusExchange {
  constructor(
    private readonly useCases: UploadUseCases,
    private readonly locks: UploadLocks,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly mostBytes: number,
  ) {}

  /** Answers the call. @throws DomainError for every refusal */
  async serve(actor: Actor, request: ObservedRequest, response: Answer): Promise<void> {
    requireVersion(request, response);
    const checksum = Checksum.in(request.get('upload-checksum'));
    const store = new TusStore(this.useCases, this.clock, { actor, checksum, mostBytes: this.mostBytes });
    if (request.method === 'HEAD') await finishIfWhole(store, String(request.params['id']));
    const refusals: unknown[] = [];
    const server = this.serverFor(store, request, refusals);
    const answer = await server.handleWeb(webRequest(request));
    await store.settled();
    const upload = await this.now(request, store);
    if (upload?.isExpired(this.clock.now()) === false && upload.fileId === null)
      response.setHeader('Upload-Expires', upload.expiresAt.toUTCString());
    if (refusals.length > 0) throw tusErrorOf(refusals[0]);
    if (answer.status >= 400) throw tusErrors.header((await answer.text()).trim());
    for (const [name, value] of answer.headers) if (OF_ANSWER.test(name)) response.setHeader(written(name), value);
    if (upload?.fileId) response.setHeader('Content-Location', addressOf(request, `/v1/files/${upload.fileId}`));
    response.status(answer.status);
    if (answer.status !== 201 || !upload) response.end();
    else response.setHeader('Content-Type', MEDIA_TYPE).end(JSON.stringify(uploadDocument(upload)));
  }

  /** The upload as the call has left it. */
  private async now({ method }: ObservedRequest, { upload }: TusStore): Promise<Upload | null> {
    return method === 'HEAD' || !upload ? upload : this.useCases.uploads.find(upload, upload.id);
  }

  private serverFor(store: TusStore, request: ObservedRequest, refusals: unknown[]): Server {
    const isNew = request.method === 'POST';
    return new Server({
      path: BASE,
      datastore: store,
      maxSize: 0, // the check of an upload has the limit
      locker: isNew ? NO_LOCKS : waiting(this.locks, store), // nobody else knows its id yet
      lockDrainTimeout: DRAIN_MS,
      namingFunction: () => this.random.uuid(),
      generateUrl: (_request, { id }) => addressOf(request, `${BASE}/${id}`),
      onUploadFinish: async (_request, { id }) => {
        await store.finish(id);
        return {};
      },
      onResponseError: (_request, error) => {
        refusals.push(error);
        return undefined;
      },
    });
  }
}

/** @throws DomainError `tus_version_unsupported`, with the version that is */
function requireVersion(request: ObservedRequest, response: Answer): void {
  if (request.get('tus-resumable') === TUS_VERSION) return;
  response.setHeader('Tus-Version', TUS_VERSION);
  throw tusErrors.version();
}

/**
 * The server may have ended between the last byte and the file: a client that asks and hears that all has arrived would
 * send nothing more. Why a file can't be made was told with the last byte, and is told again to who sends none.
 */
async function finishIfWhole(store: TusStore, id: string): Promise<void> {
  await store.getUpload(id);
  if (store.upload?.state !== 'received') return;
  try {
    await store.finish(id);
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
  }
}

/** A header's name as the protocol writes it. */
const written = (name: string): string => name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());

const addressOf = ({ originalUrl }: ObservedRequest, path: string): string =>
  `${originalUrl.startsWith('/api/') ? '/api' : ''}${path}`;

const NO_LOCKS: Locker = { newLock: () => ({ lock: () => Promise.resolve(), unlock: () => Promise.resolve() }) };

/** Locks that are given back when what was written under them has come to its end. */
function waiting(locks: UploadLocks, store: TusStore): Locker {
  return {
    newLock: (id): Lock => {
      const lock = locks.newLock(id);
      const unlock = async () => {
        await store.settled();
        await lock.unlock();
      };
      return { lock: (signal, cancel) => lock.lock(signal, cancel), unlock };
    },
  };
}

/** The request as the library takes it; its body is not touched before it is asked for. */
function webRequest(request: ObservedRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (OF_REQUEST.test(name) && typeof value === 'string') headers.set(name, value);
  const made = new Request(`http://uploads${request.path.toLowerCase()}`, { method: request.method, headers });
  let body: ReadableStream | null = null;
  return Object.defineProperty(made, 'body', { get: () => (body ??= Readable.toWeb(request)) });
}
