import type { Response } from 'express';
import type { Actor } from '@portico/domain/kernel';
import { sendTotal } from '../../../platform/http/back-office-list.js';
import type { Resource } from '../declaration/resource.js';
import { listRequest } from '../reading/list-plan.js';
import type { ResourceReads } from '../reading/resource-reads.js';
import { backOfficeErrors } from '../resource.errors.js';
import type { ResourceWrites } from '../writing/resource-writes.js';
import { sendJson, sendRow } from './representation.js';

/** Does what a route of a resource is asked, and answers. Rows are sent as the database words them. */
export class ResourceAnswers {
  constructor(
    private readonly reads: ResourceReads,
    private readonly writes: ResourceWrites,
  ) {}

  async list(
    resource: Resource,
    actor: Actor,
    query: Readonly<Record<string, unknown>>,
    response: Response,
  ): Promise<void> {
    const { json, total } = await this.reads.list(actor, resource, listRequest(resource, query));
    sendTotal(response, total);
    sendJson(response, 200, json);
  }

  async create(resource: Resource, actor: Actor, body: unknown, response: Response): Promise<void> {
    const id = await this.writes.create(actor, resource, body);
    response.setHeader('Location', `/api/v2/${resource.name}/${id}`);
    sendRow(response, await this.row(resource, actor, id), 201);
  }

  async upsert(resource: Resource, actor: Actor, body: unknown, response: Response): Promise<void> {
    sendJson(response, 200, JSON.stringify(await this.writes.upsert(actor, resource, body)));
  }

  async read(resource: Resource, actor: Actor, id: string, response: Response): Promise<void> {
    sendRow(response, await this.row(resource, actor, id));
  }

  async change(
    resource: Resource,
    actor: Actor,
    { id, body }: { id: string; body: unknown },
    response: Response,
  ): Promise<void> {
    await this.writes.change(actor, resource, id, body);
    sendRow(response, await this.row(resource, actor, id));
  }

  async remove(resource: Resource, actor: Actor, id: string, response: Response): Promise<void> {
    await this.writes.remove(actor, resource, id);
    response.statusCode = 204;
    response.end();
  }

  /** A row as JSON. @throws DomainError `resource_not_found` */
  async row(resource: Resource, actor: Actor, id: string): Promise<string> {
    const json = await this.reads.find(actor, resource, id);
    if (json === null) throw backOfficeErrors.notFound(resource.singular);
    return json;
  }
}
