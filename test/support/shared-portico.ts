import { readFileSync } from 'node:fs';
import { OperatorProcess } from './operator-process.js';
import { type Credentials, Portico } from './portico.js';
import { type SharedServer, suites } from './suites.js';

/**
 * The server that all suites share, as a new firm uses it: for suites that neither stop it nor set it up, and that look
 * at nothing beyond their firm.
 */
export class SharedPortico extends Portico {
  private constructor(
    private readonly shared: SharedServer,
    credentials: Credentials,
    operator: OperatorProcess,
  ) {
    super(shared, credentials, operator);
  }

  static async start(): Promise<SharedPortico> {
    const { shared } = suites();
    const operator = OperatorProcess.at(shared.operator);
    const { code, stdout, stderr } = await operator.run(['firm', 'create', '--name', 'A Firm', '--json']);
    if (code !== 0) throw new Error(`no firm: ${stderr}`);
    const { firmId, apiKey } = JSON.parse(stdout) as { firmId: string; apiKey: { key: string; secret: string } };
    return new SharedPortico(shared, { firmId, ...apiKey }, operator);
  }

  get url(): string {
    return this.shared.url;
  }

  get output(): string {
    return readFileSync(this.shared.log, 'utf8');
  }

  /** The server goes on, for the other suites. */
  dispose(): Promise<void> {
    this.operator.end();
    return Promise.resolve();
  }
}
