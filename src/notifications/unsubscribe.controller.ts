import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DomainError } from '@portico/domain/kernel';
import { StopNotifying, type Subscription, SubscriptionQueries } from '@portico/domain/notifications';
import { Public } from '../platform/access/access.js';
import { addressOf } from '../platform/http/caller-address.js';
import { Consumes } from '../platform/http/media-type.guard.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { subscriptionPage, unknownLinkPage } from './unsubscribe-page.js';
import { UnsubscribeTokens } from './unsubscribe-tokens.js';

/** The address is a secret of its reader, and the page shows nothing but itself. */
const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
} as const;

/** The link in each mail that ends them. Who only looks changes nothing: link scanners look at all of them. */
@ApiExcludeController()
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly tokens: UnsubscribeTokens,
    private readonly subscriptions: SubscriptionQueries,
    private readonly stopNotifying: StopNotifying,
  ) {}

  /** Asks whether the mails shall end. */
  @Get(':token')
  @Public()
  async ask(@Param('token') token: string, @Res() response: Response): Promise<void> {
    answer(response, await this.find(token));
  }

  /** Ends the mails, for a mail program (RFC 8058) and for the button of the page alike. What the body says is not read. */
  @Post(':token')
  @Public()
  @Consumes('application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain')
  async stop(@Param('token') token: string, @Req() request: ObservedRequest, @Res() response: Response): Promise<void> {
    const addressee = this.tokens.read(token);
    const origin = { requestId: request.requestId, address: addressOf(request) };
    if (addressee) await this.stopNotifying.execute({ ...addressee, origin }).catch(unlessNotFound);
    answer(response, await this.find(token));
  }

  private async find(token: string): Promise<Subscription | null> {
    const addressee = this.tokens.read(token);
    return addressee && this.subscriptions.find(addressee.firmId, addressee.contactId);
  }
}

/** Whoever was deleted is not told anything either. */
function unlessNotFound(error: unknown): void {
  if (!(error instanceof DomainError && error.kind === 'not_found')) throw error;
}

function answer(response: Response, subscription: Subscription | null): void {
  response.status(subscription ? 200 : 404).setHeaders(new Map(Object.entries(HEADERS)));
  response.end(subscription ? subscriptionPage(subscription) : unknownLinkPage());
}
