declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** Ids of firms, users, entities, groups, clients, contacts and files are 64-bit integers, kept as decimal strings. */
export type FirmId = Id<'firm'>;
export type UserId = Id<'user'>;
export type EntityId = Id<'entity'>;
export type GroupId = Id<'group'>;
export type ContactId = Id<'contact'>;
/** Files and folders are one tree with one kind of id. */
export type FileId = Id<'file'>;
export type FolderId = FileId;
/** Of the default tree, of which clients have copies in the tree of files. */
export type TreeFolderId = Id<'tree folder'>;
export type ClientId = Id<'client'>;
/** Of what the Back Office keeps of the work for clients: UUIDs. */
export type ProjectId = Id<'project'>;
export type TaskId = Id<'task'>;
export type SlaPolicyId = Id<'SLA policy'>;
/** Of one mail to one contact: a UUID. */
export type DeliveryId = Id<'delivery'>;
/** Of the connection of a client to a platform: a UUID. */
export type ConnectionId = Id<'connection'>;
/** Of an upload that arrives in pieces: a UUID. */
export type UploadId = Id<'upload'>;
/** The generated key under which the blob store keeps the bytes: a UUID. */
export type BlobKey = Id<'blob'>;

const MAX_ID = 9_223_372_036_854_775_807n;

/** Whether `text` is the canonical decimal form of a positive 64-bit integer. */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text) && (text.length < 19 || BigInt(text) <= MAX_ID);
}

/** Whether `text` has the form of a UUID (RFC 9562), in any case. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
