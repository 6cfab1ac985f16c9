import { ValidateIf } from 'class-validator';

/** What may be left out, but is checked when it is there: null is not the same as nothing. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);
