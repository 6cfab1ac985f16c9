import type { ClientId, FirmId, UserId } from '../../kernel/index.js';

/** Somebody of the firm, and the active projects in which they have the role. */
export interface TeamPerson<Role extends string = string> {
  readonly userId: UserId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** By name. */
  readonly projects: readonly { readonly id: string; readonly name: string }[];
}

/** Who works for companies. */
export interface Team {
  /** Each person once, with the role that they have most often; by name, 1000 at most. */
  readonly members: readonly TeamPerson[];
  /** Who answers for projects or delivers them, once for each of the two; by name, 1000 at most. */
  readonly leads: readonly TeamPerson<'owner' | 'delivery_manager'>[];
}

/** Reads about the people of active projects. */
export abstract class TeamQueries {
  /** With one statement. */
  abstract find(firmId: FirmId, companyIds: readonly ClientId[]): Promise<Team>;
}
