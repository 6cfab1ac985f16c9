import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Res, type Type } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '@portico/domain/kernel';
import { CurrentActor } from '../../../platform/access/access.js';
import { Conditional } from '../../../platform/conditions/conditional.js';
import type { Resource } from '../declaration/resource.js';
import { ResourceAnswers } from './resource-answers.js';
import { operationsOf } from './resource.openapi.js';

type Parameters = Readonly<Record<string, unknown>>;

/** The routes of a resource: all resources have the same. */
export function controllerOf(resource: Resource): Type<object> {
  const declared = operationsOf(resource);

  @ApiTags(tagOf(resource))
  @ApiProduces('application/json')
  @Controller(`api/v2/${resource.name}`)
  class ResourceController {
    constructor(private readonly answers: ResourceAnswers) {}

    @Get()
    @declared.list()
    list(@CurrentActor() actor: Actor, @Query() query: Parameters, @Res() response: Response): Promise<void> {
      return this.answers.list(resource, actor, query, response);
    }

    @Post()
    @declared.create()
    create(@CurrentActor() actor: Actor, @Body() body: unknown, @Res() response: Response): Promise<void> {
      return this.answers.create(resource, actor, body, response);
    }

    @Put()
    @declared.upsert()
    upsert(@CurrentActor() actor: Actor, @Body() body: unknown, @Res() response: Response): Promise<void> {
      return this.answers.upsert(resource, actor, body, response);
    }

    @Get(':id')
    @declared.read()
    read(@CurrentActor() actor: Actor, @Param('id') id: string, @Res() response: Response): Promise<void> {
      return this.answers.read(resource, actor, id, response);
    }

    @Put(':id')
    @declared.put()
    @Conditional(ResourceController, ({ answers }, call) => answers.row(resource, call.actor, call.id()))
    put(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: unknown, @Res() response: Response) {
      return this.answers.change(resource, actor, { id, body }, response);
    }

    @Patch(':id')
    @declared.patch()
    @Conditional(ResourceController, ({ answers }, call) => answers.row(resource, call.actor, call.id()))
    patch(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: unknown, @Res() response: Response) {
      return this.answers.change(resource, actor, { id, body }, response);
    }

    @Delete(':id')
    @declared.remove()
    @Conditional(ResourceController, ({ answers }, call) => answers.row(resource, call.actor, call.id()))
    remove(@CurrentActor() actor: Actor, @Param('id') id: string, @Res() response: Response): Promise<void> {
      return this.answers.remove(resource, actor, id, response);
    }
  }
  Object.defineProperty(ResourceController, 'name', { value: `${resource.schema}Controller` });
  return ResourceController;
}

/** `Invoice line items`. */
function tagOf({ name }: Resource): string {
  const words = name.replaceAll('-', ' ').replace(/^(?:sla|qbr)/, (letters) => letters.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
