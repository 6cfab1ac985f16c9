import { Controller, Get, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import Provider, { errors } from 'oidc-provider';
import { EndGrant, GiveGrant, SignInForClient } from '@portico/domain/identity';
import { DomainError, type Origin, RetryLater } from '@portico/domain/kernel';
import { Public } from '../../platform/access/access.js';
import { AddressLimiter } from '../../platform/access/address-limiter.js';
import { addressOf } from '../../platform/http/caller-address.js';
import { Consumes } from '../../platform/http/media-type.guard.js';
import type { ObservedRequest } from '../../platform/http/observed-request.js';
import { languageFor } from '../../platform/language/language.js';
import { scopesIn } from '../oauth/scopes.js';
import { FormBodyInterceptor, fieldIn } from './form-body.interceptor.js';
import { type AskingClient, InteractionQueries } from './interaction-queries.js';
import { pageHeaders } from './page.js';
import { type Asking, consentPage, failurePage, signInPage } from './pages.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** One sign-in under way, in the browser in which it was begun. */
interface Dialogue {
  readonly request: ObservedRequest;
  readonly response: Response;
  readonly interaction: Interaction;
  readonly client: AskingClient;
  readonly asking: Asking;
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * The pages between a client that asks for a code and its answer: who are you, and may it? Their cookie belongs to one
 * sign-in, and no other site's form can send it.
 */
@ApiExcludeController()
@Controller('oauth2/interactions/:uid')
export class InteractionsController {
  constructor(
    @Inject(Provider) private readonly server: Provider,
    private readonly queries: InteractionQueries,
    private readonly signIn: SignInForClient,
    private readonly giveGrant: GiveGrant,
    private readonly endGrant: EndGrant,
    private readonly addresses: AddressLimiter,
  ) {}

  @Get()
  @Public()
  async show(@Param('uid') uid: string, @Req() request: ObservedRequest, @Res() response: Response): Promise<void> {
    const dialogue = await this.begun(uid, request, response);
    if (!dialogue) return;
    const { interaction, client, asking } = dialogue;
    const grantId = grantIn(interaction);
    const email = grantId && (await this.queries.waiting(client, grantId));
    if (!email) return send(dialogue, 200, signInPage(asking, { email: '', refusal: null }));
    const grant = { email, scopes: scopesIn(asked(interaction, 'scope')), redirectUri: redirectUri(interaction) };
    send(dialogue, 200, consentPage(asking, grant));
  }

  @Post('sign-in')
  @Public()
  @Consumes(FORM)
  @UseInterceptors(FormBodyInterceptor)
  async open(@Param('uid') uid: string, @Req() request: ObservedRequest, @Res() response: Response): Promise<void> {
    const dialogue = await this.begun(uid, request, response);
    if (!dialogue) return;
    const { interaction, client, asking } = dialogue;
    const [email, password] = [fieldIn(request, 'email'), fieldIn(request, 'password')];
    try {
      await this.addresses.refuseBlocked(addressOf(request), response);
      const grantId = await this.signIn.execute(originOf(request), { client, email, password });
      interaction.result = { grantId };
      await interaction.persist();
      response.redirect(303, asking.path);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      if (error.kind === 'unauthenticated') await this.addresses.record(addressOf(request));
      if (error instanceof RetryLater) response.setHeader('Retry-After', String(error.seconds));
      send(dialogue, error.kind === 'rate_limited' ? 429 : 400, signInPage(asking, { email, refusal: error }));
    }
  }

  @Post('consent')
  @Public()
  @Consumes(FORM)
  async allow(@Param('uid') uid: string, @Req() request: ObservedRequest, @Res() response: Response): Promise<void> {
    const dialogue = await this.begun(uid, request, response);
    if (!dialogue) return;
    const { interaction, client, asking } = dialogue;
    const id = grantIn(interaction);
    if (!id || !(await this.queries.waiting(client, id))) return response.redirect(303, asking.path);
    const scopes = scopesIn(asked(interaction, 'scope'));
    const { userId } = await this.giveGrant.execute(originOf(request), { id, scopes });
    const result = { login: { accountId: userId, remember: false }, consent: { grantId: id } };
    await this.server.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  @Post('cancel')
  @Public()
  @Consumes(FORM)
  async cancel(@Param('uid') uid: string, @Req() request: ObservedRequest, @Res() response: Response): Promise<void> {
    const dialogue = await this.begun(uid, request, response);
    if (!dialogue) return;
    const id = grantIn(dialogue.interaction);
    if (id) await this.endGrant.execute(originOf(request), { id, end: 'declined' });
    const refusal = { error: 'access_denied', error_description: 'the user did not allow it' };
    await this.server.interactionFinished(request, response, refusal, { mergeWithLastSubmission: false });
  }

  /** Null, and a page that says so, where the browser does not have the cookie of this sign-in. */
  private async begun(uid: string, request: ObservedRequest, response: Response): Promise<Dialogue | null> {
    try {
      const interaction = await this.server.interactionDetails(request, response);
      const client = await this.queries.client(asked(interaction, 'client_id'));
      if (interaction.uid !== uid || !client) throw new errors.SessionNotFound('interaction session not found');
      const locales = asked(interaction, 'ui_locales').replaceAll(' ', ',');
      const language = languageFor(`${locales},${request.headers['accept-language'] ?? ''}`);
      const { firmName: firm, name } = client;
      const path = request.path.replace(/(\/interactions\/[^/]+).*/, '$1');
      const asking = { language, path, firm, client: name ?? new URL(redirectUri(interaction)).host };
      return { request, response, interaction, client, asking };
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      response.status(400).setHeaders(new Map(Object.entries(pageHeaders())));
      response.end(failurePage(request.headers['accept-language'] ?? '', null));
      return null;
    }
  }
}

const originOf = (request: ObservedRequest): Origin => ({
  requestId: request.requestId,
  address: addressOf(request),
});

/** A parameter with which the client asked. */
function asked({ params }: Interaction, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

const redirectUri = (interaction: Interaction): string => asked(interaction, 'redirect_uri');

/** The grant that waits for consent since somebody has signed in. */
function grantIn({ result }: Interaction): string | null {
  const id = result?.['grantId'];
  return typeof id === 'string' ? id : null;
}

/** Chromium holds the answer to a form, where it redirects too, to `form-action`. */
function send({ response, interaction, asking }: Dialogue, status: number, page: string): void {
  const headers = pageHeaders(new URL(redirectUri(interaction)).origin);
  response
    .status(status)
    .setHeaders(new Map(Object.entries(headers)))
    .setHeader('Content-Language', asking.language);
  response.end(page);
}
