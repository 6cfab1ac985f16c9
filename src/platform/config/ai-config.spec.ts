import { describe, expect, it } from '@jest/globals';
import { aiConfig } from './ai-config.js';
import { ConfigError, Settings } from './settings.js';

function faultsOf(environment: Record<string, string>): readonly string[] {
  const settings = new Settings(environment);
  aiConfig(settings);
  try {
    settings.throwIfRefused();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('The settings of the AI service', () => {
  const SERVICE = { AI_BASE_URL: 'http://localhost:11434/v1/', AI_MODEL: 'small' };

  it('are none unless given', () => {
    expect(aiConfig(new Settings({}))).toBeNull();
    expect(aiConfig(new Settings({ AI_BASE_URL: '', AI_TIMEOUT_SECONDS: '5' }))).toBeNull();
  });

  it('say where it is, with which key and model, and how long to wait', () => {
    const base = { baseUrl: 'http://localhost:11434/v1', model: 'small' };
    expect(aiConfig(new Settings(SERVICE))).toEqual({ ...base, apiKey: null, timeoutSeconds: 20 });
    const all = { ...SERVICE, AI_API_KEY: 'sk-1', AI_TIMEOUT_SECONDS: '5' };
    expect(aiConfig(new Settings(all))).toEqual({ ...base, apiKey: 'sk-1', timeoutSeconds: 5 });
  });

  it.each<[string, Record<string, string>]>([
    ['AI_BASE_URL', { ...SERVICE, AI_BASE_URL: 'localhost:11434' }],
    ['AI_BASE_URL', { AI_MODEL: 'small' }],
    ['AI_BASE_URL', { AI_API_KEY: 'sk-1', AI_MODEL: 'small' }],
    ['AI_MODEL', { AI_BASE_URL: SERVICE.AI_BASE_URL }],
    ['AI_TIMEOUT_SECONDS', { ...SERVICE, AI_TIMEOUT_SECONDS: '0' }],
    ['AI_TIMEOUT_SECONDS', { ...SERVICE, AI_TIMEOUT_SECONDS: '1.5' }],
  ])('name %s when it is wrong or missing, and never show the key', (name, environment) => {
    const faults = faultsOf(environment);
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name} must `))]);
    expect(faults.join()).not.toContain('sk-1');
  });
});
