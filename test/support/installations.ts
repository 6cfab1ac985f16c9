import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PorticoServer } from './portico-server.js';
import { killPostgres } from './processes.js';

type StartOptions = NonNullable<Parameters<typeof PorticoServer.start>[0]>;

/** The servers and directories of a suite: all of them go away at its end, however it ends. */
export class Installations {
  private readonly directories: string[] = [];
  private readonly endings: (() => Promise<unknown>)[] = [];

  async directory(): Promise<string> {
    const directory = await realpath(await mkdtemp(path.join(tmpdir(), 'portico-test-')));
    this.directories.push(directory);
    return directory;
  }

  /** A server on the embedded database: in a fresh directory with a migrated one, unless `dataDir` names another. */
  async start(options: StartOptions = {}): Promise<PorticoServer> {
    if (options.dataDir !== undefined) return this.keep(await PorticoServer.start(options));
    return this.keep(await PorticoServer.startEmbedded({ ...options, dataDir: await this.directory() }));
  }

  /** The same installation in a new process. */
  async again(server: PorticoServer): Promise<PorticoServer> {
    return this.keep(await server.again());
  }

  /** Has `end` called at the end, before the directories go; the newest first. */
  atEnd(end: () => Promise<unknown>): void {
    this.endings.push(end);
  }

  /** @throws AggregateError of what could not be removed, after trying all of it */
  async remove(): Promise<void> {
    const failures: unknown[] = [];
    const attempt = async (step: () => Promise<unknown>) => {
      await step().catch((error: unknown) => failures.push(error));
    };
    for (const end of this.endings.splice(0).reverse()) await attempt(end);
    for (const directory of this.directories.splice(0)) {
      await attempt(() => killPostgres(directory));
      await attempt(() => rm(directory, { recursive: true, force: true, maxRetries: 20 }));
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  }

  private keep(server: PorticoServer): PorticoServer {
    this.atEnd(() => server.kill());
    return server;
  }
}
