/** What a refusal with a certain code looks like. */
export interface ProblemExample {
  readonly status: number;
  readonly detail: string;
  readonly source?: object;
}
