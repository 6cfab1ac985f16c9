import type { History } from '../history/index.js';
import type { Clock, PortalUser, UnitOfWork } from '../kernel/index.js';
import { notificationErrors } from './notification.errors.js';
import { type Choice, type Preference, type Preferences, preferencesOf } from './preferences.js';

/** Keeps how a contact wants to be told: all choices of a call or none. */
export class ChangePreferences {
  constructor(
    private readonly preferences: Preferences,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * What is critical may be sent along as it is, so that a whole list can be sent back.
   * @throws DomainError `unknown_notification_type`, `repeated_notification_type`, `critical_notification_type`, naming
   *   the place in the list
   */
  async execute(user: PortalUser, choices: readonly Choice[]): Promise<void> {
    await this.unitOfWork.run(async () => {
      const known = new Map(preferencesOf(await this.preferences.sheet(user)).map((one) => [one.type, one]));
      requireDistinct(choices);
      const chosen = choices.flatMap((choice, at) => {
        const preference = known.get(choice.type);
        if (!preference) throw notificationErrors.unknownType(choice.type, at);
        if (preference.isCritical && !(choice.inApp && choice.email))
          throw notificationErrors.critical(choice.type, at);
        return preference.isCritical || isAsItWas(preference, choice) ? [] : [{ preference, choice }];
      });
      if (chosen.length === 0) return;
      await this.preferences.choose(
        user,
        chosen.map(({ choice }) => choice),
        this.clock.now(),
      );
      const details = Object.fromEntries(
        chosen.map(({ preference, choice }) => [choice.type, change(preference, choice)]),
      );
      const subject = { type: 'contact', id: user.contactId };
      await this.history.record(user, { action: 'contact.preferences_changed', subject, details });
    });
  }
}

function requireDistinct(choices: readonly Choice[]): void {
  const seen = new Set<string>();
  for (const [at, { type }] of choices.entries()) {
    if (seen.has(type)) throw notificationErrors.givenTwice(type, at);
    seen.add(type);
  }
}

/** What a contact chooses stays chosen when the default changes, so choosing the default is a choice too. */
function isAsItWas(preference: Preference, { inApp, email }: Choice): boolean {
  return preference.isCustomized && preference.inApp === inApp && preference.email === email;
}

function change(from: Preference, to: Choice): object {
  return { from: { inApp: from.inApp, email: from.email }, to: { inApp: to.inApp, email: to.email } };
}
