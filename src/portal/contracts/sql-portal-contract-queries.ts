import type { ClientId, FirmId } from '@portico/domain/kernel';
import {
  type ListWindow,
  type PortalContract,
  PortalContractQueries,
  type PortalContractSigner,
} from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

/** Instants are text in JSON. */
type SignerRow = Omit<PortalContractSigner, 'viewedAt' | 'signedAt'> & {
  readonly viewedAt: string | null;
  readonly signedAt: string | null;
};
type Row = Omit<PortalContract, 'signers'> & { readonly signers: readonly SignerRow[] };

/** The addresses of contacts `c`, in lower case. */
const ADDRESSES = `(select lower(c.login_email) as address where c.login_email is not null
    union all select lower(e ->> 'email') from jsonb_array_elements(c.emails) e)`;

/** The addresses of the companies' contacts; the values are the firm and the companies. */
const OWN = `(select array(select distinct a.address from contacts c cross join lateral ${ADDRESSES} a
  where c.firm_id = $1 and c.client_id = any ($2::bigint[])) as addresses)`;
const IS_OWN = `lower(s.email) = any ((select own.addresses from own)::text[])`;

/** Whether a signer `s` of a contract `k` is a contact of the contract's own company. */
const IS_THEIRS = `exists (select from contacts c cross join lateral ${ADDRESSES} a
  where c.firm_id = k.firm_id and c.client_id = k.client_id and a.address = lower(s.email))`;

/** The contracts `k` that companies sign. */
const SIGNED = `contracts k
  where k.firm_id = $1 and k.status <> 'draft'
    and k.id = any (array(select s.contract_id from contract_signers s where s.firm_id = $1 and ${IS_OWN}))
    and (k.client_id is null or k.client_id = any ($2::bigint[]) or exists (
      select from contract_signers s where s.firm_id = k.firm_id and s.contract_id = k.id and ${IS_OWN}
        and not ${IS_THEIRS}))`;

const SIGNERS = `(select coalesce(json_agg(row_to_json(one)), '[]') from (
    select s.id, s.name, s.email, s.role_label as "roleLabel", s.status, s.sign_order as "signOrder",
      s.viewed_at as "viewedAt", s.signed_at as "signedAt"
    from contract_signers s where s.firm_id = k.firm_id and s.contract_id = k.id order by s.sign_order, s.id) one)`;

const LIST = statement(`
  with own as materialized ${OWN}
  select k.id, k.title, k.contract_type as "contractType", k.status, ${SIGNERS} as signers, k.sent_at as "sentAt",
    k.completed_at as "completedAt", k.expires_at as "expiresAt", k.document_url as "documentUrl",
    k.created_at as "createdAt", k.updated_at as "updatedAt"
  from (select k.* from ${SIGNED} order by k.created_at desc, k.id desc limit $3::bigint offset $4::bigint) k
  order by k.created_at desc, k.id desc`);

export class SqlPortalContractQueries extends PortalContractQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async list(firmId: FirmId, companyIds: readonly ClientId[], window: ListWindow): Promise<PortalContract[]> {
    const rows = await this.database.query<Row>(LIST, [firmId, companyIds, window.limit, window.offset]);
    return rows.map((row) => ({ ...row, signers: row.signers.map(signerOf) }));
  }
}

function signerOf({ viewedAt, signedAt, ...row }: SignerRow): PortalContractSigner {
  const instant = (text: string | null) => (text === null ? null : new Date(text));
  return { ...row, viewedAt: instant(viewedAt), signedAt: instant(signedAt) };
}
