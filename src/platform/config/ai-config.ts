import type { Settings } from './settings.js';

/** The service that answers questions about figures: one with the HTTP API of OpenAI (contract, section 7). */
export interface AiConfig {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Null: the service asks for none. */
  readonly apiKey: string | null;
  readonly model: string;
  /** After how many seconds an answer is not waited for any longer. */
  readonly timeoutSeconds: number;
}

const TIMEOUT = { otherwise: 20, least: 1, most: 120 };

/** Null when no service is named: questions are answered from the figures alone. */
export function aiConfig(settings: Settings): AiConfig | null {
  const baseUrl = settings.url('AI_BASE_URL', ['http:', 'https:']);
  const [apiKey, model] = [settings.optional('AI_API_KEY'), settings.optional('AI_MODEL')];
  const timeoutSeconds = settings.integer('AI_TIMEOUT_SECONDS', TIMEOUT.otherwise, TIMEOUT.least, TIMEOUT.most);
  if (apiKey === null && model === null && !settings.has('AI_BASE_URL')) return null;
  if (!settings.has('AI_BASE_URL')) settings.refuse('AI_BASE_URL', 'must be given when AI_API_KEY or AI_MODEL is');
  if (model === null) settings.refuse('AI_MODEL', 'must be given when AI_BASE_URL or AI_API_KEY is');
  if (baseUrl === null || model === null) return null;
  return { baseUrl: baseUrl.replace(/\/+$/, ''), apiKey, model, timeoutSeconds };
}
