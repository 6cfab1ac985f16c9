import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';

/** A parameter that may be given once. */
export function IsGivenOnce(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    ValidateBy({
      name: 'isGivenOnce',
      validator: {
        validate: (value) => typeof value === 'string',
        defaultMessage: (args) => `${args?.property} must be given once`,
      },
    }),
  );
}

/** The query of a list without filters; `pageRequest` reads it. */
export class PageParameters {
  /** How many on a page: 1 to 2000, 500 when not given; more is taken as 2000. */
  @IsGivenOnce()
  @ApiProperty({ required: false, type: 'integer', minimum: 1, default: 500 })
  'page[limit]'?: string;

  /** The cursor after which the page begins, as in `links.next`, such as 10001. */
  @IsGivenOnce()
  @ApiProperty({ required: false })
  'page[after]'?: string;

  /** Another name of `page[after]`. */
  @IsGivenOnce()
  @ApiProperty({ required: false })
  'page[cursor]'?: string;
}
