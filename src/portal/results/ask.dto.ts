import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { LONGEST_QUESTION } from '@portico/domain/portal';
import { Text } from '../documented.js';

/** The body of `POST /api/portal/results/ask`. */
export class AskBody {
  /** In everyday words. It may name metrics, platforms, campaigns, and a week, month, quarter or year. */
  @IsString()
  @ApiProperty({ minLength: 1, maxLength: LONGEST_QUESTION, example: 'How did revenue do last month?' })
  question!: string;
}

export class AnswerDocument {
  /** Made of the figures of the company and nothing else. */
  @Text('From 2026-02-01 to 2026-02-28, compared with 2026-01-01 to 2026-01-28: Revenue was 8,123.75 EUR.')
  answer!: string;
}
