import { email, instant, integer, oneOf, ofSameClient, slug, text, url } from '../declaration/field.js';
import { defineResource } from '../declaration/resource.js';
import { clientName, countOf } from './derived.js';

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
});

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
  order: 't.sign_order, t.id',
});

/** Contracts and who signs them. */
export const CONTRACT_RESOURCES = [CONTRACTS, CONTRACT_SIGNERS];
