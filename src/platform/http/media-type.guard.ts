import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '@portico/domain/kernel';
import { faceOf } from '../errors/face.js';
import type { ObservedRequest } from './observed-request.js';

const CONSUMES = 'portico:consumes';

/** The media types of bodies that a route reads; without it, those of its face. */
export const Consumes = (...types: string[]) => SetMetadata(CONSUMES, types);

/** A body in another type than the route reads is 415 (contract, section 4). */
@Injectable()
export class MediaTypeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers, path } = context.switchToHttp().getRequest<ObservedRequest>();
    const length = headers['content-length'];
    if ((length === undefined || length === '0') && headers['transfer-encoding'] === undefined) return true;
    const accepted = this.reflector.get<string[] | undefined>(CONSUMES, context.getHandler()) ?? faceOf(path).bodyTypes;
    const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (accepted.includes(type)) return true;
    throw new DomainError(
      'unsupported_media_type',
      'unsupported_media_type',
      `The body must be ${accepted.join(' or ')}, not ${type === '' ? 'without a type' : type}`,
      { header: 'Content-Type' },
    );
  }
}
