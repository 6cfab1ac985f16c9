import { describe, expect, it } from '@jest/globals';
import { progressOf, taskStage } from './task-stage.js';

describe('taskStage', () => {
  it.each([
    ['completed', 'completed'],
    ['done', 'completed'],
    ['Done', 'completed'],
    ['closed', 'completed'],
    ['resolved', 'completed'],
    ['in_progress', 'in_progress'],
    ['in-progress', 'in_progress'],
    ['DOING', 'in_progress'],
    ['in_review', 'in_progress'],
    ['cancelled', 'cancelled'],
    ['canceled', 'cancelled'],
    ['todo', 'waiting'],
    ['open', 'waiting'],
    ['undone', 'waiting'],
    ['whatever', 'waiting'],
  ])('of %s is %s', (status, stage) => {
    expect(taskStage(status)).toBe(stage);
  });
});

describe('progressOf', () => {
  it.each([
    [0, 0, 0],
    [0, 4, 0],
    [1, 3, 33],
    [2, 3, 67],
    [4, 4, 100],
    [999, 1000, 99],
  ])('%d of %d is %d', (completed, total, percent) => {
    expect(progressOf({ total, completed, inProgress: 0, overdue: 0 })).toBe(percent);
  });
});
