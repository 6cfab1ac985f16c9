import type { NotificationType } from '@portico/domain/notifications';

/**
 * What is said of a type. Places: `{thing}` is what it is about, `{who}` whoever did it, `{status}` how it stands now,
 * `{more}` how many there are beside the one that is named.
 */
export interface TypeTexts {
  readonly label: string;
  readonly description: string;
  readonly title: string;
  readonly body: string;
  /** The same when it is about several. */
  readonly several?: { readonly title: string; readonly body: string };
}

/** Everything that is said of what happened, in one language. */
export interface NewsTexts {
  readonly types: Readonly<Record<NotificationType, TypeTexts>>;
  /** Whoever did something, when no name is known. */
  readonly theFirm: string;
  readonly aClient: string;
  /** The mail: `{title}` of the one thing that it tells, `{firm}` who tells it. */
  readonly subject: string;
  /** `{label}` is the type, `{count}` how much of it. */
  readonly subjectOfSeveral: string;
  readonly opening: string;
  readonly open: string;
  readonly reason: string;
  readonly reasonOfCritical: string;
  readonly reasonOfStaff: string;
}
