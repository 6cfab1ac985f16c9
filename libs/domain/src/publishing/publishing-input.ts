import type { ContactId, FileId } from '../kernel/index.js';
import type { PublishingScope } from './publishing-scope.js';

/** What a call that publishes asks for. */
export interface PublishFilesInput extends PublishingScope {
  /** 1 to 500, each once. */
  readonly fileIds: readonly FileId[];
  /** Contacts to whom the files are published whatever else holds, each once. */
  readonly overrideContactIds: readonly ContactId[];
}

/** What a call that takes files back asks for. */
export interface UnpublishFilesInput {
  /** 1 to 500, each once. */
  readonly fileIds: readonly FileId[];
  /** Null: from everyone. */
  readonly contactIds: readonly ContactId[] | null;
}
