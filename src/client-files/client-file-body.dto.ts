import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Min, ValidateBy } from 'class-validator';
import { type FolderId, isId } from '@portico/domain/kernel';
import { IfGiven } from '../platform/http/if-given.js';

/** The id of a folder in a body, or null for the top. A part of an upload says null with `null`, or with nothing. */
function DirectoryReference(): PropertyDecorator {
  const idOf = (value: unknown) => {
    if (value === '' || value === 'null') return null;
    return typeof value === 'number' ? String(value) : value;
  };
  return applyDecorators(
    IfGiven(),
    Transform(({ value }: { value: unknown }) => idOf(value)),
    ValidateBy({
      name: 'isResourceId',
      validator: {
        validate: (value) => value === null || (typeof value === 'string' && isId(value)),
        defaultMessage: () => 'directoryId must be the id of a folder, or null',
      },
    }),
    ApiProperty({ type: 'integer', format: 'int64', nullable: true, required: false, example: 1 }),
  );
}

/** What an upload says of its file: the parts beside the bytes. */
export class UploadedClientFile {
  /** What the file is called. Without an extension, that of the file is kept for downloads. */
  @IsString()
  @ApiProperty({ example: 'Service agreement' })
  caption!: string;

  /** The folder that it shall stand in; null, the default, is the top. */
  @DirectoryReference()
  directoryId?: FolderId | null;
}

/** The parts of an upload, in any order. */
export class ClientFileParts extends UploadedClientFile {
  /** The bytes, with a file name. */
  @ApiProperty({ type: 'string', format: 'binary' })
  file!: unknown;
}

/** The JSON body of an upload: the bytes are in the import folder already. */
export class ImportedClientFile extends UploadedClientFile {
  /** Where the file is in the firm's import folder on the server. It stays there. */
  @IsString()
  @ApiProperty({ example: 'file.pdf' })
  file!: string;
}

/** What shall be different; what is not given stays. */
export class ChangedClientFile {
  /** What the file is called; its extension stays. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'File', required: false })
  caption?: string;

  /** The folder to move to; null is the top. */
  @DirectoryReference()
  directoryId?: FolderId | null;

  /** The place among the files of its folder, counted from 1: those that stood there and behind follow it. */
  @IfGiven()
  @IsInt()
  @Min(1)
  @ApiProperty({ type: 'integer', minimum: 1, required: false, example: 1 })
  priority?: number;
}

export class NewClientFolder {
  @IsString()
  @ApiProperty({ example: 'General info' })
  caption!: string;

  /** The folder that it shall stand in; null, the default, is the top. */
  @DirectoryReference()
  directoryId?: FolderId | null;
}

export class ChangedClientFolder {
  @IsString()
  @ApiProperty({ example: 'Personal info' })
  caption!: string;
}

/** A folder of the default tree that is made or renamed. */
export class TreeFolderBody {
  @IsString()
  @ApiProperty({ example: 'General info' })
  name!: string;
}
