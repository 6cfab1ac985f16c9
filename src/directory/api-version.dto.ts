import { ApiProperty } from '@nestjs/swagger';

export class ApiVersion {
  /** @example version */
  type!: 'version';

  /** @example 1.1 */
  @ApiProperty({ example: '1.1' })
  id!: '1.1';
}

export class ApiVersionDocument {
  data!: ApiVersion;
}
