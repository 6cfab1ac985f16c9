declare global {
  interface JSON {
    /** What `JSON.stringify` writes as it is (ECMAScript, "JSON.parse source text access"). */
    rawJSON(text: string): unknown;
  }
}

const AMOUNT = /^-?(?:0|[1-9]\d*)\.\d{2}$/;

/**
 * An amount as answers show it: a JSON number with two decimals (contract, section 3). `amount` is as the database
 * writes a `numeric` of two decimals, `1250.50`, and passes through no double.
 * @throws Error for what is no such amount
 */
export function money(amount: string): number {
  if (!AMOUNT.test(amount)) throw new Error(`${amount} is no amount with two decimals`);
  return JSON.rawJSON(amount) as number;
}
