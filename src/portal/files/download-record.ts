import type { FileId, PortalUser } from '@portico/domain/kernel';
import type { DownloadInput, RecordDownload } from '@portico/domain/portal';
import type { ContentWatch, Sending } from '../../platform/http/send-content.js';

/** Keeps what leaves of one file in one call. */
export class DownloadRecord implements ContentWatch {
  constructor(
    private readonly recordDownload: RecordDownload,
    private readonly user: PortalUser,
    private readonly file: { readonly id: FileId; readonly sha256: string; readonly isPrefetch: boolean },
  ) {}

  async begins(sending: Sending): Promise<void> {
    await this.recordDownload.begin(this.user, this.input(sending));
  }

  async breaksOff(sending: Sending, sent: number): Promise<void> {
    await this.recordDownload.interrupt(this.user, this.input(sending), sent);
  }

  private input(sending: Sending): DownloadInput {
    return { ...this.file, ...sending };
  }
}
