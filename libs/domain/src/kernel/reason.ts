/** The kinds of faults of a value that every face and language has a sentence for. */
export type ReasonKind =
  | ('missing' | 'unknown' | 'not_text' | 'not_boolean' | 'not_integer' | 'not_number' | 'not_object' | 'not_list')
  | ('not_id' | 'not_uuid' | 'not_one_of' | 'not_day' | 'not_instant' | 'not_time_zone' | 'not_currency' | 'not_email')
  | ('empty' | 'too_long' | 'too_short' | 'too_many' | 'too_few' | 'too_small' | 'too_great' | 'control_characters')
  | ('repeated' | 'unknown_reference' | 'wrong_format');

/** What is wrong with a value, so that it can be said in any language; `values` fill the places in its sentence. */
export interface Reason {
  readonly kind: ReasonKind;
  readonly values?: Readonly<Record<string, string | number>>;
}
