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

/** Why a request to the Portal API was refused. */
export class PortalProblem {
  /** What is wrong, for a person. @example The header X-Portal-Company-Id is missing */
  error!: string;

  /** A stable name of the fault. @example portal_header_missing */
  code!: string;
}
