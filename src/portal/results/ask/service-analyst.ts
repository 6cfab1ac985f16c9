import OpenAI, { APIError } from 'openai';
import { Analyst, basisOf, type Briefing } from '@portico/domain/portal';
import type { AiConfig } from '../../../platform/config/ai-config.js';
import { instructionsFor } from './instructions.js';
import { limitedFetch } from './limited-fetch.js';

/** The most that is taken of an answer: of what the service sends, in bytes, and of what it says, in characters. */
const MOST_BYTES = 256 * 1024;
const LONGEST_ANSWER = 4000;

/** Where it is told that the service does not serve; never the question, the key or what was answered. */
export interface FailureLog {
  warn(what: { reason: string }, message: string): void;
}

/** Lets a service with the HTTP API of OpenAI answer, and answers itself when that fails. */
export class ServiceAnalyst extends Analyst {
  private readonly service: OpenAI;

  constructor(
    private readonly config: AiConfig,
    private readonly otherwise: Analyst,
    private readonly log: FailureLog,
  ) {
    super();
    const { baseUrl: baseURL, apiKey } = config;
    this.service = new OpenAI({
      ...{ baseURL, apiKey: apiKey ?? 'none', adminAPIKey: null, organization: null, project: null },
      ...(apiKey === null && { defaultHeaders: { Authorization: null } }),
      ...{ maxRetries: 0, fetch: limitedFetch(MOST_BYTES), logLevel: 'off' },
    });
  }

  /** One call, with a limit of time for all of it. */
  async answer(question: string, briefing: Briefing): Promise<string> {
    const said = await this.ask(question, briefing).catch((error: unknown) => {
      this.log.warn({ reason: reasonOf(error) }, 'the AI service did not answer');
      return null;
    });
    return said === null ? this.otherwise.answer(question, briefing) : withBasis(said, briefing);
  }

  private async ask(question: string, briefing: Briefing): Promise<string> {
    const { model, timeoutSeconds } = this.config;
    const messages = [
      { role: 'system' as const, content: instructionsFor(briefing) },
      { role: 'user' as const, content: question },
    ];
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    const timeout = timeoutSeconds * 1000;
    return answerIn(await this.service.chat.completions.create({ model, messages }, { signal, timeout }));
  }
}

/** A service is told to name the days of the figures; when it does not, they are named below its answer. */
function withBasis(said: string, briefing: Briefing): string {
  const { start, end } = briefing.period;
  return said.includes(start) && said.includes(end) ? said : `${said}\n\n${basisOf(briefing)}`;
}

/** What a service may send in place of what is documented. */
interface Completion {
  readonly choices?: readonly { readonly finish_reason?: unknown; readonly message?: { readonly content?: unknown } }[];
}

/** The text of an answer that is whole and fit to be shown. @throws NoAnswer */
function answerIn(completion: unknown): string {
  const [choice] = (completion as Completion | null)?.choices ?? [];
  const content = choice?.message?.content;
  if (typeof content !== 'string') throw new NoAnswer('no text');
  if (choice?.finish_reason !== 'stop') throw new NoAnswer('not whole');
  const text = content.replace(/[^\P{Cc}\t\n]/gu, '').trim();
  if (text === '') throw new NoAnswer('empty');
  if (text.length > LONGEST_ANSWER) throw new NoAnswer('too long');
  return text;
}

/** The service has sent something that is no answer. */
class NoAnswer extends Error {}

/** Nothing of what was sent or answered: services repeat keys and questions in their refusals. */
function reasonOf(error: unknown): string {
  if (error instanceof NoAnswer) return error.message;
  if (error instanceof APIError)
    return error.status === undefined ? error.constructor.name : `status ${String(error.status)}`;
  const { name } = Object(error) as { name?: unknown };
  return typeof name === 'string' ? name : 'unknown';
}
