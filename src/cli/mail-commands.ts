import { type Command, InvalidArgumentError } from 'commander';
import { DomainError, type DeliveryId, type FirmId, isUuid } from '@portico/domain/kernel';
import {
  DELIVERY_STATES,
  DeliveryQueries,
  type DeliveryState,
  RetryDeliveries,
  type RetriedDeliveries,
} from '@portico/domain/notifications';
import { firmId, list } from './arguments.js';
import { asOperator } from './operator.js';
import { print } from './output.js';

const UNDELIVERED: DeliveryState[] = ['failed', 'refused'];
const SHOWN = 100;
const MOST = 10_000;

interface ListOptions {
  firm?: FirmId;
  state: DeliveryState[];
  limit: number;
}

interface RetryOptions {
  all?: boolean;
  firm?: FirmId;
}

/** `mail list` and `mail retry`. */
export function addMailCommands(program: Command): void {
  const mail = program.command('mail').description('the mails that tell contacts and staff what happened');
  mail
    .command('list')
    .description('mails that were refused or given up, the newest first')
    .option('--firm <ID>', 'of this firm only', firmId)
    .option('--state <a,b>', `in these states: ${DELIVERY_STATES.join(', ')}`, states, UNDELIVERED)
    .option('--limit <N>', 'so many at most', limit, SHOWN)
    .action(async ({ firm, state, limit: most }: ListOptions, command: Command) => {
      const found = await asOperator(async (operator) => {
        if (firm !== undefined) await operator.requireFirm(firm);
        return operator.get(DeliveryQueries).list({ firmId: firm ?? null, states: state, limit: most });
      });
      print(command, { mails: found });
    });
  mail
    .command('retry [ID...]')
    .description('send mails again that were refused or given up; the running server sends them at once')
    .option('--all', 'all of them')
    .option('--firm <ID>', 'with --all: of this firm only', firmId)
    .action(async (ids: string[], options: RetryOptions, command: Command) => {
      const which = retried(ids, options);
      const queued = await asOperator(async (operator) => {
        if (options.firm !== undefined) await operator.requireFirm(options.firm);
        return operator.get(RetryDeliveries).execute(operator.author, which);
      });
      print(command, { queued });
    });
}

/** @throws DomainError unless the call names mails, or says all */
function retried(ids: readonly string[], { all, firm }: RetryOptions): RetriedDeliveries {
  const isOneOfBoth = all ? ids.length === 0 : ids.length > 0 && firm === undefined;
  if (!isOneOfBoth) throw wrongCall('give the ids of mails, or --all, which may go with --firm');
  const wrong = ids.find((id) => !isUuid(id));
  if (wrong !== undefined) throw wrongCall(`"${wrong}" is not the id of a mail`);
  return all ? { allOf: firm ?? null } : { ids: ids.map((id) => id.toLowerCase() as DeliveryId) };
}

function states(text: string): DeliveryState[] {
  return list(text).map((name) => {
    const state = DELIVERY_STATES.find((known) => known === name);
    if (!state) throw new InvalidArgumentError(`There is no state "${name}"; there are ${DELIVERY_STATES.join(', ')}.`);
    return state;
  });
}

function limit(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MOST)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST}.`);
  return count;
}

const wrongCall = (message: string) => new DomainError('invalid', 'wrong_call', message);
