import { email, instant, integer, oneOf, ofSameClient, slug, text, url } from '../declaration/field.js';
import { defineResource } from '../declaration/resource.js';
import { becomes, type Telling } from '../declaration/telling.js';
import { clientName, countOf } from './derived.js';

/**
 * The contacts who have yet to sign: those with the address of such a signer `s` of the contract `k`. Of a contract of a
 * client they are of that client, unless none of its contacts has the address; that is how the portal shows it.
 */
const signersOf = (signers: string): string => `
  select c.id from contract_signers s join contracts k on k.id = s.contract_id
    join contacts c on c.firm_id = s.firm_id and c.login_email = lower(s.email)
  where ${signers} and s.status in ('pending', 'viewed') and (k.client_id is null or c.client_id = k.client_id
    or not exists (select from contacts o where o.client_id = k.client_id and (o.login_email = lower(s.email)
      or exists (select from jsonb_array_elements(o.emails) e where lower(e ->> 'email') = lower(s.email)))))
  union
  select c.id from contract_signers s join contracts k on k.id = s.contract_id
    join contacts c on c.firm_id = s.firm_id and c.client_id = k.client_id
  where ${signers} and s.status in ('pending', 'viewed')
    and exists (select from jsonb_array_elements(c.emails) e where lower(e ->> 'email') = lower(s.email))`;

const CONTRACTS = defineResource({
  name: 'contracts',
  singular: 'contract',
  description: 'What is signed. A client sees the contracts of which one of its contacts is a signer.',
  client: 'private',
  fields: {
    title: text(200, { required: true, example: 'Framework agreement' }),
    contractType: slug({ default: 'general', example: 'framework_agreement' }),
    status: oneOf(['draft', 'pending', 'completed', 'declined', 'voided'], { default: 'draft' }),
    sentAt: instant({ example: '2026-01-10T09:00:00Z' }),
    completedAt: instant({ example: '2026-01-12T09:00:00Z' }),
    expiresAt: instant({ example: '2027-01-12T09:00:00Z' }),
    documentUrl: url({ example: 'https://contracts.example.test/4711' }),
  },
  derived: {
    clientName: clientName(true),
    signerCount: countOf('contract_signers', 'contract_id', 'How many are to sign'),
  },
  children: { signers: 'contract-signers' },
  sorts: ['title', 'expiresAt'],
  filters: ['status'],
  tells: {
    type: 'contract_to_sign',
    when: becomes('status', 'pending'),
    to: 'client',
    lookUp: { contacts: signersOf('s.contract_id = t.id'), names: { title: 't.title' } },
  },
});

/** Somebody is to sign who was not: the contract may be under way already. */
const isNewSigner: Telling['when'] = (before, after) => before === null || before['email'] !== after['email'];

const CONTRACT_SIGNERS = defineResource({
  name: 'contract-signers',
  singular: 'contract signer',
  description: 'Who is to sign a contract.',
  client: 'ofOwner',
  owner: 'contractId',
  fields: {
    contractId: ofSameClient('contracts', { required: true }),
    name: text(160, { required: true, example: 'Adam Smith' }),
    email: email({ required: true, example: 'adam@example.test' }),
    roleLabel: text(60, { example: 'Client' }),
    status: oneOf(['pending', 'viewed', 'signed', 'declined'], { default: 'pending' }),
    signOrder: integer({ default: 1, example: 1 }),
    viewedAt: instant({ example: '2026-01-11T09:00:00Z' }),
    signedAt: instant({ example: '2026-01-12T09:00:00Z' }),
  },
  filters: ['status', 'email'],
  tells: {
    type: 'contract_to_sign',
    when: isNewSigner,
    to: 'client',
    lookUp: {
      isSeen: `exists (select from contracts k where k.id = t.contract_id and k.status = 'pending')`,
      contacts: signersOf('s.id = t.id'),
      names: { title: '(select k.title from contracts k where k.id = t.contract_id)' },
    },
    about: { type: 'contract', column: 'contract_id' },
  },
  order: 't.sign_order, t.id',
});

/** Contracts and who signs them. */
export const CONTRACT_RESOURCES = [CONTRACTS, CONTRACT_SIGNERS];
