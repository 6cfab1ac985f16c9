import { Module } from '@nestjs/common';
import { Clock } from '@portico/domain/kernel';
import { ProofChain } from '@portico/domain/proof';
import { SecretKey } from '../platform/config/secret-key.js';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { ChainVerifier } from './chain-verifier.js';
import { HeadSeal } from './head-seal.js';
import { SqlProofChain } from './sql-proof-chain.js';

/** The chain of events that proves who could see what, who was told and who looked. */
@Module({
  providers: [
    provide(HeadSeal, SecretKey),
    bind(ProofChain, SqlProofChain, Database, Clock, HeadSeal),
    provide(ChainVerifier, Database, HeadSeal),
  ],
  exports: [ProofChain, ChainVerifier],
})
export class ProofModule {}

// What other modules may use of this one.
export { ChainVerifier, type Verification } from './chain-verifier.js';
export { hashOf } from './head-seal.js';
