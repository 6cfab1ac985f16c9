import type { Response } from 'express';
import type { Actor } from '@portico/domain/kernel';
import { sendTotal } from '../../../platform/http/back-office-list.js';
import type { Resource } from '../declaration/resource.js';
import { listRequest } from '../reading/list-plan.js';
import type { ResourceReads } from '../reading/resource-reads.js';
import { backOfficeErrors } from '../resource.errors.js';
import type { Precondition, ResourceWrites } from '../writing/resource-writes.js';
import { requireMatch, sendJson, sendRow } from './representation.js';

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
    sendRow(response, await this.get(resource, actor, id), 201);
  }

  async upsert(resource: Resource, actor: Actor, body: unknown, response: Response): Promise<void> {
    sendJson(response, 200, JSON.stringify(await this.writes.upsert(actor, resource, body)));
  }

  async read(resource: Resource, actor: Actor, id: string, response: Response): Promise<void> {
    sendRow(response, await this.get(resource, actor, id));
  }

  async change(
    resource: Resource,
    actor: Actor,
    { id, body }: { id: string; body: unknown },
    response: Response,
  ): Promise<void> {
    await this.writes.change(actor, resource, id, body, this.precondition(resource, actor, response));
    sendRow(response, await this.get(resource, actor, id));
  }

  async remove(resource: Resource, actor: Actor, id: string, response: Response): Promise<void> {
    await this.writes.remove(actor, resource, id, this.precondition(resource, actor, response));
    response.statusCode = 204;
    response.end();
  }

  /** What `If-Match` asks of a row that is about to change. */
  private precondition(resource: Resource, actor: Actor, { req }: Response): Precondition | undefined {
    const given = req.headers['if-match'];
    if (given === undefined) return undefined;
    return async (id) => requireMatch(given, await this.reads.findWithin(actor, resource, id));
  }

  private async get(resource: Resource, actor: Actor, id: string): Promise<string> {
    const json = await this.reads.find(actor, resource, id);
    if (json === null) throw backOfficeErrors.notFound(resource.singular);
    return json;
  }
}
