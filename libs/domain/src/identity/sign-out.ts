import type { Actor, Clock, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { SessionRepository } from './session-repository.js';

/** Ends the session with which it is called: none of its tokens serves any more. */
export class SignOut {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(actor: Actor): Promise<void> {
    const { id } = actor.credential;
    await this.unitOfWork.run(async () => {
      await this.sessions.end(id, this.clock.now());
      await this.history.record(actor, { action: 'session.closed', subject: { type: 'session', id } });
    });
  }
}
