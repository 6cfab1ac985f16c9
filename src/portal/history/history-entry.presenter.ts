import {
  type ChangedRows,
  type ChangedValue,
  type PortalHistoryEntry,
  PUBLIC_FIELDS,
  type PublicFieldKind,
} from '@portico/domain/portal';
import { instant } from '../../platform/http/json-api.js';
import { money } from '../../platform/http/money.js';
import type { ChangedRowsDto, ChangedValueDto, HistoryEntryDto } from './history-entry.dto.js';

/** The history as the Portal API shows it. */
export class HistoryEntryPresenter {
  entry(entry: PortalHistoryEntry): HistoryEntryDto {
    const fields = PUBLIC_FIELDS[entry.action.split('.', 1)[0] ?? ''] ?? {};
    const details = Object.entries(entry.details).flatMap(([name, change]) => {
      const kind = fields[name];
      return kind ? [[snakeCase(name), changeDto(kind, change)] as const] : [];
    });
    return {
      id: entry.id,
      resource_type: entry.resourceType,
      resource_id: entry.resourceId,
      resource_name: entry.resourceName,
      action: entry.action,
      details: Object.fromEntries(details),
      actor_id: entry.actorId,
      actor_name: entry.actorName,
      actor_picture: null,
      created_at: instant(entry.at),
    };
  }
}

function changeDto(kind: PublicFieldKind, change: ChangedValue | ChangedRows): ChangedValueDto | ChangedRowsDto {
  if ('added' in change) return change;
  return { from: shown(kind, change.from), to: shown(kind, change.to) };
}

/** The history keeps values as they were in the database: amounts as numbers, instants with an offset. */
function shown(kind: PublicFieldKind, value: unknown): string | number | null {
  if (typeof value === 'number') return kind === 'money' ? money(value.toFixed(2)) : value;
  if (typeof value !== 'string') return null;
  if (kind !== 'instant') return value;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : instant(at); // what stands in the history can't be mended
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
