import type { ClientId, ContactId, FileId, FirmId, PortalUser } from '@portico/domain/kernel';
import {
  AcknowledgeFile,
  CompanyQueries,
  type FirstTime,
  type PortalFile,
  type PortalStanding,
  PublishedFiles,
  RecordDownload,
  ViewFile,
} from '@portico/domain/portal';
import { FixedClock } from './fixed-clock.js';
import { InMemoryProofChain } from './in-memory-proof-chain.js';
import { RecordedTriggers } from './onboarding.js';
import { InMemoryUnitOfWork, type Reversible } from './in-memory-unit-of-work.js';

/** Contact 20 of company 500 of firm 1, who may do everything, changed by `changes`. */
export function aPortalUser(changes: Partial<PortalUser> = {}): PortalUser {
  return {
    firmId: '1' as FirmId,
    companyId: '500' as ClientId,
    companyIds: ['500' as ClientId],
    contactId: '20' as ContactId,
    isFirstUse: false,
    role: 'admin',
    credential: { kind: 'portal_token', id: '00000000-0000-4000-8000-000000000002' },
    origin: { requestId: 'request-1', address: '127.0.0.1' },
    ...changes,
  };
}

/** A published file of 100 bytes that nobody has looked at, changed by `changes`. */
export function aPortalFile(changes: Partial<PortalFile> = {}): PortalFile {
  return {
    publicationId: '1',
    id: '37' as FileId,
    name: 'Statement.pdf',
    contentType: 'application/pdf',
    bytes: 100,
    sha256: 'ab'.repeat(32),
    publishedAt: new Date('2026-01-01T00:00:00Z'),
    publishedBy: 'Ann',
    isOwn: false,
    viewedAt: null,
    downloadedAt: null,
    acknowledgedAt: null,
    ...changes,
  };
}

const INSTANTS = { viewed: 'viewedAt', downloaded: 'downloadedAt', acknowledged: 'acknowledgedAt' } as const;

export class InMemoryPublishedFiles extends PublishedFiles implements Reversible {
  private readonly files = new Map<string, PortalFile>();

  /** Publishes a file to a contact. */
  publish(user: PortalUser, file: PortalFile): void {
    this.files.set(keyOf(user, file.id), file);
  }

  withdraw(user: PortalUser, id: FileId): void {
    this.files.delete(keyOf(user, id));
  }

  hold(user: PortalUser, id: FileId): Promise<PortalFile | null> {
    return Promise.resolve(this.files.get(keyOf(user, id)) ?? null);
  }

  mark(user: PortalUser, { id }: PortalFile, what: FirstTime, at: Date): Promise<void> {
    const kept = this.files.get(keyOf(user, id));
    if (kept && kept[INSTANTS[what]] === null) this.files.set(keyOf(user, id), { ...kept, [INSTANTS[what]]: at });
    return Promise.resolve();
  }

  snapshot(): () => void {
    const before = new Map(this.files);
    return () => {
      this.files.clear();
      for (const [key, file] of before) this.files.set(key, file);
    };
  }
}

const keyOf = ({ firmId, companyId, contactId }: PortalUser, id: FileId): string =>
  [firmId, companyId, contactId, id].join(' ');

/** Answers what it is told to. */
export class StaticCompanyQueries extends CompanyQueries {
  constructor(public current: PortalStanding) {
    super();
  }

  standing(): Promise<PortalStanding> {
    return Promise.resolve(this.current);
  }
}

/** In-memory adapters that know each other, and the use cases about published files. */
export class PortalBench {
  readonly clock = new FixedClock();
  readonly published = new InMemoryPublishedFiles();
  readonly proof = new InMemoryProofChain();
  readonly onboarding = new RecordedTriggers();
  readonly unitOfWork = new InMemoryUnitOfWork([this.published, this.proof]);
  private readonly tools = [this.published, this.proof, this.unitOfWork, this.clock] as const;

  readonly viewFile = new ViewFile(...this.tools);
  readonly acknowledgeFile = new AcknowledgeFile(
    ...([this.published, this.proof, this.onboarding, this.unitOfWork, this.clock] as const),
  );
  readonly recordDownload = new RecordDownload(...this.tools);

  /** Publishes a file as `aPortalFile` makes it to the user that `aPortalUser` makes. */
  with(changes: Partial<PortalFile> = {}, user = aPortalUser()): PortalFile {
    const file = aPortalFile(changes);
    this.published.publish(user, file);
    return file;
  }
}
