import { type Data, Entity, type EntityId, type FirmId } from '../kernel/index.js';
import { changedFields, type ChangedFields } from './changed-fields.js';
import { currencyFactor, directoryText, modelType } from './directory-text.js';

/** What callers choose of an entity (contract, section 3). */
export interface ChosenEntityFields {
  readonly originalName: string;
  /** Null: the original name is shown. */
  readonly displayName: string | null;
  /** In any case; kept in upper case. */
  readonly modelType: string;
  readonly currencyFactor: string | null;
  /** What another system calls it; null when no other one does. */
  readonly externalId: string | null;
}

/** What a new entity needs at least. */
export type NewEntityFields = Pick<ChosenEntityFields, 'originalName' | 'modelType'> & Partial<ChosenEntityFields>;

/** Whom a firm looks after: a person, a trust, an account, a household, … */
export class FirmEntity extends Entity<FirmEntity> implements ChosenEntityFields {
  /** Given by the database when the entity is added. */
  readonly id!: EntityId;
  readonly firmId!: FirmId;
  readonly originalName!: string;
  readonly displayName!: string | null;
  readonly modelType!: string;
  readonly currencyFactor!: string | null;
  /** One entity of the firm for each. */
  readonly externalId!: string | null;
  readonly createdAt!: Date;
  readonly modifiedAt!: Date;

  /** @throws InvalidField naming the first field that holds what it must not */
  constructor(state: Pick<Data<FirmEntity>, 'firmId' | 'createdAt'> & NewEntityFields) {
    super();
    const { firmId, createdAt, ...fields } = state;
    const none = { displayName: null, currencyFactor: null, externalId: null };
    Object.assign(this, { ...none, ...checked(fields), firmId, createdAt, modifiedAt: createdAt });
  }

  /**
   * Takes over what is given, and answers what that changed; the time of modification moves only with a change.
   * @throws InvalidField as the constructor does
   */
  revise(given: Partial<ChosenEntityFields>, now: Date): ChangedFields {
    const fields = checked(given);
    const changed = changedFields<ChosenEntityFields>(this, fields);
    if (Object.keys(changed).length > 0) this.change({ ...fields, modifiedAt: now });
    return changed;
  }
}

/** What is given, as it is kept. */
function checked(given: Partial<ChosenEntityFields>): Partial<ChosenEntityFields> {
  const { originalName, displayName, modelType: type, currencyFactor: currency, externalId: external } = given;
  return {
    ...(originalName !== undefined && { originalName: directoryText('originalName', originalName) }),
    ...(displayName !== undefined && {
      displayName: orNull(displayName, (text) => directoryText('displayName', text)),
    }),
    ...(type !== undefined && { modelType: modelType(type) }),
    ...(currency !== undefined && { currencyFactor: orNull(currency, currencyFactor) }),
    ...(external !== undefined && { externalId: orNull(external, (text) => directoryText('externalId', text)) }),
  };
}

function orNull(raw: string | null, check: (text: string) => string): string | null {
  return raw === null ? null : check(raw);
}
