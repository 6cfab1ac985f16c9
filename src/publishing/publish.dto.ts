import { ApiProperty } from '@nestjs/swagger';

export class PublishError {
  /** @example notification_failed */
  code!: 'publish_failed' | 'notification_failed';

  /** @example "Notification failed for some contacts." */
  title!: string;

  /** Names the contacts. @example "Notification failed for contacts [1,2,3]." */
  detail!: string;
}

/** What a call does, or would do, with one file and one contact whom it concerns. */
export class PublishDecision {
  /** @example 23 */
  contact_id!: number;

  /** Whether it would be published to the contact, is already, can not be, or is not meant for them. @example publish */
  outcome!: 'publish' | 'already_published' | 'fail' | 'skip';

  /** Through what the file reaches the contact. @example entity */
  rule!: 'entity' | 'group' | 'group_of_entity' | 'override';

  /** The entity or group of the rule; null for an override. @example 10000 */
  rule_id!: number | null;

  /** What keeps it from the contact. */
  @ApiProperty({ example: null, nullable: true, enum: ['no_portal_access', 'contact_preference', 'do_not_publish'] })
  because!: 'no_portal_access' | 'contact_preference' | 'do_not_publish' | null;

  /** Whether the contact would get a mail. @example true */
  notify!: boolean;

  /** Why they would, or would not. @example told */
  notify_because!: 'told' | 'already_told' | 'not_published' | 'do_not_notify' | 'contact_preference';
}

export class PublishResultAttributes {
  /** @example 37 */
  file_id!: number;

  /** `fail` when a contact who was to be told has had no mail. @example success */
  notify_status!: 'success' | 'fail';

  /** `fail` when it could not be published to a contact. @example success */
  publish_status!: 'success' | 'fail';

  /** Only when something failed. */
  error?: PublishError[];

  /** Only of a dry run: all contacts whom the file concerns. */
  contacts?: PublishDecision[];
}

export class ResultLinks {
  /** @example /v1/publish_files_result/37 */
  self!: string;
}

export class PublishResultResource {
  /** The id of the file. @example 37 */
  @ApiProperty({ example: '37' })
  id!: string;

  /** @example publish_files_result */
  type!: 'publish_files_result';

  attributes!: PublishResultAttributes;

  links!: ResultLinks;
}

export class ResultPageLinks {
  /** The page before this one. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  prev!: string | null;

  /** The next page, or null on the last. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  next!: string | null;
}

/** Results in the order of `files_id`. */
export class PublishResultsDocument {
  data!: PublishResultResource[];

  /** Always empty. */
  @ApiProperty({ type: 'array', items: { type: 'object' }, example: [] })
  included!: object[];

  links!: ResultPageLinks;
}

/** The newest result of one file. */
export class PublishResultDocument {
  data!: PublishResultResource;
}

export class UnpublishResultAttributes {
  /** @example 37 */
  file_id!: number;

  /** From whom it was taken; nobody when it was published to none of them. @example [23, 25] */
  contact_ids!: number[];
}

export class UnpublishResultResource {
  /** The id of the file. @example 37 */
  @ApiProperty({ example: '37' })
  id!: string;

  /** @example unpublish_files_result */
  type!: 'unpublish_files_result';

  attributes!: UnpublishResultAttributes;
}

/** Results in the order of `files_id`. */
export class UnpublishResultsDocument {
  data!: UnpublishResultResource[];
}
