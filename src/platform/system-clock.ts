import { Clock } from '@portico/domain/kernel';

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
