import { ApiProperty } from '@nestjs/swagger';
import { NeverKept, NumberedId, Text, Uuid } from '../documented.js';

/** An active project. */
export class TeamProjectDto {
  @Uuid()
  id!: string;

  @Text('Relaunch of the web shop')
  name!: string;
}

/** Somebody of the firm. */
class TeamPersonDto {
  @NumberedId('2002')
  user_id!: string;

  @Text('Cleo Clark')
  name!: string;

  @Text('cleo@example.com')
  email!: string;

  /** Pictures are not kept. */
  @NeverKept()
  picture!: string | null;

  /** Titles are not kept. */
  @NeverKept()
  job_title!: string | null;

  /** In which of the active projects they have the role, by name. */
  projects!: TeamProjectDto[];
}

/** A member of active projects. */
export class TeamMemberDto extends TeamPersonDto {
  /** The role that they have in most of them. */
  @Text('designer')
  role!: string;
}

/** Who answers for active projects, or sees to it that they are delivered. */
export class TeamLeadDto extends TeamPersonDto {
  @ApiProperty({ enum: ['owner', 'delivery_manager'], example: 'delivery_manager' })
  role!: 'owner' | 'delivery_manager';
}

/** Who works for the companies. */
export class TeamDocument {
  /** Each person once; by name, at most 1000. */
  team!: TeamMemberDto[];

  /** Each person once for each of the two roles; by name, at most 1000. */
  leads!: TeamLeadDto[];
}
