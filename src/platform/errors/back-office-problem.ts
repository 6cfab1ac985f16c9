import { detailIn, reasonIn, titleIn } from '../language/catalogue.js';
import type { Language } from '../language/language.js';
import type { Fault, Problem } from './problem.js';

/** A fault in a field of the body, in a parameter or in a header. */
interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** A problem of the Back Office (contract, section 6): RFC 9457, with each fault of the request by its field. */
export function backOfficeProblem(
  { status, title, faults }: Problem,
  { requestId, language }: { requestId: string; language: Language },
): object {
  const errors = faults.flatMap((fault) => fieldFault(fault, language));
  return {
    type: 'about:blank',
    title: titleIn(language, status, title),
    status,
    detail: detailOf(faults[0], language),
    code: faults[0].code,
    requestId,
    ...(errors.length > 0 && { errors }),
  };
}

function fieldFault(fault: Fault, language: Language): FieldFault[] {
  const field = fieldOf(fault);
  return field === null ? [] : [{ field, message: messageOf(fault, field, language) }];
}

/** A message with a reason is the rest of a sentence that begins with the field. */
function detailOf(fault: Fault, language: Language): string {
  const field = fieldOf(fault);
  if (field === null || !fault.reason) return detailIn(language, fault.code, fault.detail);
  return `${field}${language === 'en' ? ' ' : ': '}${messageOf(fault, field, language)}`;
}

function messageOf({ code, detail, reason }: Fault, field: string, language: Language): string {
  if (!reason) return detailIn(language, code, detail);
  return reasonIn(language, reason, withoutName(detail, field));
}

/** What the checks say begins with the name of the field, which stands beside it here. */
function withoutName(detail: string, field: string): string {
  const names = [field, `"${field}"`, field.split('.').at(-1) ?? '', `"${field.split('.').at(-1)}"`];
  const name = names.find((one) => one !== '' && detail.startsWith(`${one} `));
  return name === undefined ? detail : detail.slice(name.length + 1);
}

/** The place of a fault as a dotted path; null when it is about the request as a whole. */
function fieldOf({ field, source }: Fault): string | null {
  const place = field ?? source?.pointer?.slice(1) ?? source?.parameter ?? source?.header ?? '';
  return place === '' ? null : place.replaceAll('/', '.');
}
