import { ApiProperty } from '@nestjs/swagger';

/** The parts of `POST /api/portal/files`. */
export class DocumentParts {
  /** The bytes, with the name of the file. */
  @ApiProperty({ type: 'string', format: 'binary' })
  file!: unknown;

  /** What the file shall be called; without it, as it arrived. Where it has another extension, that of the file follows. */
  @ApiProperty({ type: 'string', required: false, maxLength: 255, example: 'Signed contract' })
  caption?: string;
}
