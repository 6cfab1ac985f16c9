import { describe, expect, it } from '@jest/globals';
import { trackingStatus } from './tracking.js';

describe('The tracking of a target', () => {
  const sum = (value: number | null, target: number | null, due = 1) =>
    trackingStatus(value, { target, due, isLowerBetter: false });
  const cost = (value: number, target: number) => trackingStatus(value, { target, due: 1, isLowerBetter: true });

  it.each([
    [100, 1, 'achieved'],
    [99.99, 1, 'on_track'],
    [90, 1, 'on_track'],
    [89.99, 1, 'at_risk'],
    [70, 1, 'at_risk'],
    [69.99, 1, 'behind'],
    [0, 1, 'behind'],
    [50, 0.5, 'on_track'],
    [45, 0.5, 'on_track'],
    [35, 0.5, 'at_risk'],
    [34.9, 0.5, 'behind'],
    [100, 0.5, 'achieved'],
  ])('of 100: %s, when %s of it is due, is %s', (value, due, status) => {
    expect(sum(value, 100, due)).toBe(status);
  });

  it.each([
    [10, 'achieved'],
    [9, 'achieved'],
    [11, 'on_track'],
    [12, 'at_risk'],
    [15, 'behind'],
  ])('of a cost of 10: %s is %s', (value, status) => {
    expect(cost(value, 10)).toBe(status);
  });

  it('is none without a target, and behind without a value', () => {
    expect(sum(5, null)).toBe('no_target');
    expect(sum(null, null)).toBe('no_target');
    expect(sum(null, 5)).toBe('behind');
  });

  it('knows only reached or not of a target that is nothing, or less', () => {
    expect([sum(0, 0), sum(-1, 0), sum(-5, -10), sum(-11, -10)]).toEqual(['achieved', 'behind', 'achieved', 'behind']);
    expect([cost(0, 0), cost(1, 0)]).toEqual(['achieved', 'behind']);
  });
});
