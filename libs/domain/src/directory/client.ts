import {
  type ClientId,
  type Data,
  Entity,
  type EntityId,
  type FirmId,
  InvalidField,
  lineOfText,
} from '../kernel/index.js';

/** How long the name of a client may be. */
const LONGEST_NAME = 160;

/** A company that the firm serves. Each has one entity of its own, so that its files are files of that entity. */
export class Client extends Entity<Client> {
  /** Given by the database when the client is added. */
  readonly id!: ClientId;
  readonly firmId!: FirmId;
  readonly name!: string;
  /** The company above it in its group; null for the topmost. */
  readonly parentId!: ClientId | null;
  readonly entityId!: EntityId;
  readonly createdAt!: Date;
  readonly modifiedAt!: Date;
  readonly version!: number;

  /** @throws InvalidField naming `name` */
  constructor(state: Omit<Data<Client>, 'id' | 'modifiedAt' | 'version'>) {
    super();
    Object.assign(this, { ...state, name: clientName(state.name), modifiedAt: state.createdAt });
  }
}

/** The name as it is kept. @throws InvalidField naming `name` */
export function clientName(raw: string): string {
  return lineOfText('name', raw, LONGEST_NAME);
}

/** `field` names a client that the firm has not, or that is not there for the actor: nobody can tell which. */
export function unknownClient(field: string): InvalidField {
  return new InvalidField(field, 'must be the id of a client of the firm', 'unknown_client');
}
