import { ApiProperty } from '@nestjs/swagger';

/** Where in the request the fault is. */
export class ProblemSource {
  /** JSON pointer into the body. @example /data/attributes/name */
  pointer?: string;

  /** Query parameter or part. @example filter[files][createdAfter] */
  parameter?: string;

  /** Request header. @example Content-Type */
  header?: string;
}

export class ProblemObject {
  /** The request's id, also in the log and in `X-Request-Id`. @example 6f1c2a9e-3f0b-4c6e-9a57-0d7c2f4f8a11 */
  id!: string;

  /** The HTTP status. @example 400 */
  @ApiProperty({ example: '400' })
  status!: string;

  /** A stable name of the fault. @example invalid_name */
  code!: string;

  /** The HTTP reason phrase. @example Bad Request */
  title!: string;

  /** What is wrong, for a person. @example The name must not be empty */
  detail!: string;

  source?: ProblemSource;
}

/** Why a request was refused. */
export class ProblemDocument {
  errors!: ProblemObject[];
}

/** A fault in one place of a request. */
export class FieldProblem {
  /** Path of the field in the body, name of the parameter or of the header. */
  @ApiProperty({ example: 'name' })
  field!: string;

  /** What is wrong with it, in the language of the caller. */
  @ApiProperty({ example: 'must not be empty' })
  message!: string;
}

/** Why a request to the Back Office API was refused: RFC 9457, in the language of the caller. */
export class BackOfficeProblem {
  /** @example about:blank */
  @ApiProperty({ example: 'about:blank' })
  type!: string;

  /** What the status means. */
  @ApiProperty({ example: 'Bad Request' })
  title!: string;

  /** The HTTP status. */
  @ApiProperty({ example: 400 })
  status!: number;

  /** What is wrong, for a person. */
  @ApiProperty({ example: 'name must not be empty' })
  detail!: string;

  /** A stable name of the fault. */
  @ApiProperty({ example: 'invalid_value' })
  code!: string;

  /** Also in the log and in `X-Request-Id`. */
  @ApiProperty({ example: '6f1c2a9e-3f0b-4c6e-9a57-0d7c2f4f8a11' })
  requestId!: string;

  /** Each fault in the request. */
  @ApiProperty({ type: [FieldProblem], required: false })
  errors?: FieldProblem[];
}

/** Why a request to the Portal API was refused. */
export class PortalProblem {
  /** What is wrong, for a person. @example The header X-Portal-Company-Id is missing */
  error!: string;

  /** A stable name of the fault. @example portal_header_missing */
  code!: string;
}
