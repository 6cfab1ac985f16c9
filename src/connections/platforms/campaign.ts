import type { CampaignFigures } from '@portico/domain/connections';
import type { Decimal } from './decimal.js';

const LONGEST_ID = 120;
const LONGEST_NAME = 255;

/** What a platform tells of a campaign, as it is read. */
export interface CampaignReading {
  readonly id: string;
  readonly name: string | null;
  readonly status: string | null;
  readonly spend: Decimal;
  readonly impressions: number;
  readonly clicks: number;
  readonly conversions: Decimal;
  readonly conversionValue: Decimal;
  readonly reach: number | null;
}

/** The same in the form in which it is kept. */
export function campaignFigures(reading: CampaignReading): CampaignFigures {
  const { spend, conversions, conversionValue, impressions, clicks, reach } = reading;
  const campaignId = line(reading.id, LONGEST_ID);
  const status = reading.status?.toLowerCase() ?? '';
  return {
    campaignId,
    campaignName: line(reading.name ?? '', LONGEST_NAME) || campaignId,
    status: /^[a-z0-9][a-z0-9_.-]{0,59}$/.test(status) ? status : null,
    spend: spend.textFromZero(2),
    impressions,
    clicks,
    conversions: conversions.textFromZero(4),
    conversionValue: conversionValue.textFromZero(2),
    reach,
  };
}

/** On one line, in whole characters. */
function line(text: string, most: number): string {
  const clean = text.normalize('NFC').replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim(); // prettier-ignore
  return [...clean].slice(0, most).join('').trim();
}
