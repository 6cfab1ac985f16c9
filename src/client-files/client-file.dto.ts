import { ApiProperty } from '@nestjs/swagger';

const Id = (example: number) => ApiProperty({ type: 'integer', format: 'int64', example });
const IdOrNull = (example: number | null) => ApiProperty({ type: 'integer', format: 'int64', nullable: true, example });
const Instant = () => ApiProperty({ format: 'date-time', example: '2026-01-02T03:04:05Z' });

/** A file as lists show it. */
export class ClientFileItem {
  @Id(1)
  id!: number;

  /** What it is called: its caption. */
  @ApiProperty({ example: 'Service agreement' })
  name!: string;

  /** Where the Back Office keeps it: a letter, when it came in seconds since 1970, and the name under which it came. */
  @ApiProperty({ example: 'b/1662913861_file.pdf' })
  file!: string;

  /** The folder that it stands in; null: none, at the top. */
  @IdOrNull(1)
  directoryId!: number | null;

  /** Its place among the files of its folder, from 1. */
  @ApiProperty({ type: 'integer', example: 1 })
  priority!: number;
}

/** A file that was read by itself. */
export class ClientFileDto extends ClientFileItem {
  @Id(1)
  clientId!: number;
}

/** A file that was uploaded or changed. */
export class ChangedClientFileDto {
  @Id(1)
  id!: number;

  @ApiProperty({ example: 'Service agreement' })
  name!: string;

  @Id(1)
  clientId!: number;

  @IdOrNull(1)
  directoryId!: number | null;

  @ApiProperty({ example: 'b/1662913861_file.pdf' })
  file!: string;
}

/** A folder that was made or renamed. */
export class ClientFolderDto {
  @Id(1)
  id!: number;

  @ApiProperty({ example: 'General info' })
  name!: string;

  @Id(1)
  clientId!: number;

  /** The folder that it stands in; null: none, at the top. */
  @IdOrNull(1)
  directoryId!: number | null;

  /** The folder of the default tree of which it is a copy; null: it is the client's own. */
  @IdOrNull(null)
  treeFolderId!: number | null;
}

/** A folder as lists show it. */
export class ClientFolderItem extends ClientFolderDto {
  @Instant()
  createdAt!: string;

  @Instant()
  updatedAt!: string;
}

/** A folder of the default tree. */
export class TreeFolderDto {
  @Id(1)
  id!: number;

  @ApiProperty({ example: 'General info' })
  name!: string;

  /** The folder that it stands in; null: none, at the top. */
  @IdOrNull(null)
  directoryId!: number | null;

  @Instant()
  createdAt!: string;

  @Instant()
  updatedAt!: string;
}
