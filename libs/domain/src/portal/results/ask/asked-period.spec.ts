import { describe, expect, it } from '@jest/globals';
import { askedPeriod } from './asked-period.js';

const TODAY = '2026-05-14';

describe('The period of a question', () => {
  it.each([
    ['How is revenue?', 'month', '2026-05-01', '2026-05-14'],
    ['and this WEEK?', 'week', '2026-05-11', '2026-05-14'],
    ['Clicks last week', 'week', '2026-05-04', '2026-05-10'],
    ['the previous quarter, please', 'quarter', '2026-01-01', '2026-03-31'],
    ['this month against last month', 'month', '2026-05-01', '2026-05-14'],
    ['ROAS of the year', 'year', '2026-01-01', '2026-05-14'],
    ['What was revenue in March?', 'month', '2026-03-01', '2026-03-31'],
    ['and in December', 'month', '2025-12-01', '2025-12-31'],
    ['March 2024?', 'month', '2024-03-01', '2024-03-31'],
    ['so far in May', 'month', '2026-05-01', '2026-05-14'],
    ['Q1 2025', 'quarter', '2025-01-01', '2025-03-31'],
    ['2026-Q2 against our goal', 'quarter', '2026-04-01', '2026-05-14'],
    ['Q3', 'quarter', '2025-07-01', '2025-09-30'],
    ['how was 2025?', 'year', '2025-01-01', '2025-12-31'],
    ['December 2026', 'month', '2026-12-01', '2026-12-31'],
    ['monthly report', 'month', '2026-05-01', '2026-05-14'],
  ])('%s', (question, type, start, end) => {
    expect(askedPeriod(question, TODAY)).toMatchObject({ type, start, end });
  });
});
