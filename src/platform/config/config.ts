import path from 'node:path';
import { type AiConfig, aiConfig } from './ai-config.js';
import { type EdgeConfig, edgeConfig } from './edge-config.js';
import { type IssuerConfig, issuerConfig } from './issuer-config.js';
import { type MailConfig, mailConfig } from './mail-config.js';
import { type PlatformAddresses, platformAddresses } from './platforms-config.js';
import { Settings } from './settings.js';
import { type StorageLocation, storageSetting } from './storage-location.js';

/** What the environment asks for, checked (contract, section 1). */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
  /** Read replicas of it. */
  readonly databaseReplicaUrls: readonly string[];
  readonly databasePoolSize: number;
  readonly storage: StorageLocation;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Null: the access tokens of our own authorization server are trusted. */
  readonly issuer: IssuerConfig | null;
  readonly mail: MailConfig;
  /** Null: questions about figures are answered from the figures alone. */
  readonly ai: AiConfig | null;
  readonly platforms: PlatformAddresses;
  /** 32 bytes; null: kept in `DATA_DIR/secret.key`. */
  readonly secretKey: Buffer | null;
  readonly bootstrap: BootstrapConfig;
  readonly maxUploadBytes: number;
  /** 0: no limit. */
  readonly rateLimitPerMinute: number;
  readonly edge: EdgeConfig;
  /** Begins and ends with a slash; null: Portico sends the bytes itself. */
  readonly accelRedirect: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** What the first firm and its administrator shall be; null values are made and printed once. */
export interface BootstrapConfig {
  readonly firmId: string;
  readonly firmName: string;
  readonly apiKey: string | null;
  readonly apiSecret: string | null;
  readonly adminEmail: string;
  readonly adminPassword: string | null;
  readonly portalToken: string | null;
}

const GIB = 1024 ** 3;

/** Reads and checks all settings. @throws ConfigError naming every variable with a wrong value */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const settings = new Settings(environment);
  const port = settings.integer('PORT', 3000, 0, 65535);
  const dataDir = path.resolve(settings.text('DATA_DIR', './data'));
  const databaseUrl = settings.url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const publicUrl = (settings.url('PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${port}`).replace(/\/+$/, '');
  const rateLimitPerMinute = settings.integer('RATE_LIMIT_PER_MINUTE', 600, 0, 1_000_000_000);
  const config: Config = {
    host: settings.text('HOST', '127.0.0.1'),
    port,
    dataDir,
    databaseUrl,
    databaseReplicaUrls: replicaUrls(settings),
    databasePoolSize: settings.integer('DATABASE_POOL_SIZE', 20, 2, 1000),
    storage: storageSetting(settings, path.join(dataDir, 'blobs')),
    publicUrl,
    issuer: issuerConfig(settings),
    mail: mailConfig(settings, { publicUrl, dataDir }),
    platforms: platformAddresses(settings),
    ai: aiConfig(settings),
    secretKey: settings.bytes('SECRET_KEY', 32),
    bootstrap: bootstrap(settings),
    maxUploadBytes: settings.integer('MAX_UPLOAD_BYTES', 5 * GIB, 1, Number.MAX_SAFE_INTEGER),
    rateLimitPerMinute,
    edge: edgeConfig(settings, rateLimitPerMinute),
    accelRedirect: settings.matching('X_ACCEL_REDIRECT', /^\/(?:[\w.-]+\/)*$/, 'a path such as /blobs/'),
    logLevel: settings.oneOf('LOG_LEVEL', ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  };
  if (databaseUrl && !config.secretKey && !settings.has('SECRET_KEY'))
    settings.refuse(
      'SECRET_KEY',
      'must be given when DATABASE_URL is set: 32 bytes in base64 (openssl rand -base64 32)',
    );
  settings.throwIfRefused();
  return config;
}

function replicaUrls(settings: Settings): string[] {
  const urls = settings.urls('DATABASE_REPLICA_URLS', ['postgres:', 'postgresql:']);
  if (urls.length > 0 && !settings.has('DATABASE_URL'))
    settings.refuse('DATABASE_REPLICA_URLS', 'must be replicas of a DATABASE_URL; the embedded database has none');
  return urls;
}

function bootstrap(settings: Settings): BootstrapConfig {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
  return {
    firmId: settings.matching('BOOTSTRAP_FIRM_ID', /^[1-9]\d{0,17}$/, 'a positive whole number') ?? '1',
    firmName: settings.text('BOOTSTRAP_FIRM_NAME', 'Example Firm'),
    apiKey: settings.matching('BOOTSTRAP_API_KEY', uuid, 'a UUID'),
    apiSecret: settings.matching('BOOTSTRAP_API_SECRET', /^[A-Za-z0-9]{40}$/, '40 letters and digits'),
    adminEmail:
      settings.matching('BOOTSTRAP_ADMIN_EMAIL', /^[^\s@]+@[^\s@]+$/, 'an e-mail address') ?? 'admin@example.test',
    adminPassword: settings.optional('BOOTSTRAP_ADMIN_PASSWORD'),
    portalToken: settings.matching(
      'BOOTSTRAP_PORTAL_TOKEN',
      /^[\x21-\x7e]{16,}$/,
      'at least 16 visible ASCII characters',
    ),
  };
}

/** The token under which the settings are provided. */
export const CONFIG = Symbol('CONFIG');
