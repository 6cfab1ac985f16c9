import { ApiParam } from '@nestjs/swagger';

/** The `:id` of an entity in the path. */
export const ApiEntityId = (): MethodDecorator =>
  ApiParam({ name: 'id', description: 'The id of the entity', schema: { type: 'string', example: '10000' } });

/** The `:id` of a group in the path. */
export const ApiGroupId = (): MethodDecorator =>
  ApiParam({ name: 'id', description: 'The id of the group', schema: { type: 'string', example: '100' } });
