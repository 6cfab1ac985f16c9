import type { Team, TeamPerson } from '@portico/domain/portal';
import type { TeamDocument } from './team.dto.js';

/** Who works for companies, as the Portal API shows it. */
export function teamDocument({ members, leads }: Team): TeamDocument {
  return { team: members.map(personDto), leads: leads.map(personDto) };
}

function personDto<Role extends string>({ userId, name, email, role, projects }: TeamPerson<Role>) {
  return {
    ...{ user_id: userId, name, email, picture: null, job_title: null, role },
    projects: projects.map((project) => ({ id: project.id, name: project.name })),
  };
}
