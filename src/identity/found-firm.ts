import { type CreateFirm, type CreateUser, type IssueCredential } from '@portico/domain/identity';
import type { Author, FirmId, Random, UnitOfWork, UserId } from '@portico/domain/kernel';

const PASSWORD_LENGTH = 24;

/** What a new firm shall be; null values are made. */
export interface NewFirm {
  readonly id: FirmId | null;
  readonly name: string;
  readonly adminEmail: string;
  readonly adminPassword: string | null;
  readonly apiKey: string | null;
  readonly apiSecret: string | null;
  readonly portalToken: string | null;
}

/** A new firm with the credentials of its first administrator: the only place where the secrets are to be read. */
export interface FoundedFirm {
  readonly firmId: FirmId;
  readonly admin: { readonly id: UserId; readonly email: string; readonly password: string };
  readonly apiKey: { readonly key: string; readonly secret: string };
  readonly portalToken: string;
}

/** Makes a firm, its administrator, an API key and a portal token: all of it or nothing. */
export class FoundFirm {
  constructor(
    private readonly createFirm: CreateFirm,
    private readonly createUser: CreateUser,
    private readonly credentials: IssueCredential,
    private readonly random: Random,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * With `onlyIfNone` it does so in an empty database alone, and answers null in any other.
   * @throws DomainError `firm_id_taken`, `invalid_firm_name`, `invalid_email`, `invalid_password`, `api_key_taken`
   */
  async execute(author: Omit<Author, 'firmId'>, firm: NewFirm, onlyIfNone = false): Promise<FoundedFirm | null> {
    const password = firm.adminPassword ?? this.random.alphanumeric(PASSWORD_LENGTH);
    return this.unitOfWork.run(async () => {
      const firmId = await this.createFirm.execute(author, { id: firm.id, name: firm.name, onlyIfNone });
      if (firmId === null) return null;
      const admin = await this.createUser.byOperator(author, {
        firmId,
        email: firm.adminEmail,
        name: 'Administrator',
        password,
        permissions: ['firm_admin'],
        allDataAccess: true,
      });
      const apiKey = await this.credentials.apiKey(author, {
        firmId,
        userId: admin.id,
        name: 'First key of the administrator',
        key: firm.apiKey ?? undefined,
        secret: firm.apiSecret ?? undefined,
      });
      const { token: portalToken } = await this.credentials.portalToken(author, {
        firmId,
        name: 'First token of the portal',
        token: firm.portalToken ?? undefined,
      });
      return { firmId, admin: { ...admin, password }, apiKey, portalToken };
    });
  }
}
