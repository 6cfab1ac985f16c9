import { ApiParam } from '@nestjs/swagger';

/** The `{id}` of a route about one record, such as an `invoice`. */
export const ApiRecordId = (what: string): MethodDecorator =>
  ApiParam({
    name: 'id',
    description: `The id of the ${what}`,
    schema: { type: 'string', format: 'uuid', example: '01989a3e-5f00-7000-8000-000000000001' },
  });
