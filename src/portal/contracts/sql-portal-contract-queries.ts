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

/** The contracts that companies sign; the values are the firm and the companies. */
const SIGNED = `
  with own as materialized (
    select distinct a.address from contacts c cross join lateral ${ADDRESSES} a
    where c.firm_id = $1 and c.client_id = any ($2::bigint[]))
  select k.id from own
    join contract_signers s on s.firm_id = $1 and lower(s.email) = own.address
    join contracts k on k.firm_id = s.firm_id and k.id = s.contract_id
  where k.status <> 'draft' and (k.client_id is null or k.client_id = any ($2::bigint[]) or not exists (
    select from contacts c cross join lateral ${ADDRESSES} a
    where c.firm_id = k.firm_id and c.client_id = k.client_id and a.address = own.address))`;

const SIGNERS = `(select coalesce(json_agg(row_to_json(one)), '[]') from (
    select s.id, s.name, s.email, s.role_label as "roleLabel", s.status, s.sign_order as "signOrder",
      s.viewed_at as "viewedAt", s.signed_at as "signedAt"
    from contract_signers s where s.firm_id = k.firm_id and s.contract_id = k.id order by s.sign_order, s.id) one)`;

const LIST = statement(`
  select k.id, k.title, k.contract_type as "contractType", k.status, ${SIGNERS} as signers, k.sent_at as "sentAt",
    k.completed_at as "completedAt", k.expires_at as "expiresAt", k.document_url as "documentUrl",
    k.created_at as "createdAt", k.updated_at as "updatedAt"
  from contracts k where k.firm_id = $1 and k.id in (${SIGNED})
  order by k.created_at desc, k.id desc limit $3 offset $4`);

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
