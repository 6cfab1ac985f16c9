import type { Command } from 'commander';
import type { FirmId } from '@portico/domain/kernel';
import { ChainVerifier, type Verification } from '../proof/proof.module.js';
import { firmId } from './arguments.js';
import { asOperator, type Operator } from './operator.js';
import { print } from './output.js';
import { Progress } from './progress.js';

/** `audit`. */
export function addAuditCommands(program: Command): void {
  const audit = program
    .command('audit')
    .description('the chain of events that proves who could see what, and who looked');
  audit
    .command('verify')
    .description('look for events that were changed or removed; fails when there are any')
    .option('--firm <ID>', 'of this firm only', firmId)
    .action(async ({ firm }: { firm?: FirmId }, command: Command) => {
      const firms = await asOperator((operator) => verify(operator, firm ?? null));
      print(command, { intact: firms.every(({ faults }) => faults.length === 0), firms });
      if (firms.some(({ faults }) => faults.length > 0)) throw new Error('the chain of events is not intact');
    });
}

async function verify(operator: Operator, only: FirmId | null): Promise<Verification[]> {
  if (only !== null) await operator.requireFirm(only);
  const verifier = operator.get(ChainVerifier);
  const firms = (await verifier.firms()).filter(({ firmId }) => only === null || firmId === only);
  const progress = new Progress(
    'events',
    firms.reduce((sum, { events }) => sum + events, 0),
  );
  const found: Verification[] = [];
  for (const { firmId: id } of firms) found.push(await verifier.verify(id, (count) => progress.add(count)));
  progress.end();
  return found;
}
