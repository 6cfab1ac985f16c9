import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ApiJsonRequestBody } from '../platform/openapi/request-body.js';
import { PublishResultsDocument } from './publish.dto.js';
import { PublishBody, UnpublishBody } from './publish-body.dto.js';

const request = (type: string, attributes: object) => ({ value: { data: { type, attributes } } });
const publish = (attributes: object) =>
  request('publish_portal_files_request', { files_id: [37, 38, 39], ...attributes });

/** Of seed 000; the first is also what the Swagger UI fills in. */
const BODIES = {
  'to all, without mails': publish({ portal_publishing: 'PUBLISH', contact_notification: 'DO_NOT_NOTIFY' }),
  'as the contacts prefer': publish({
    portal_publishing: 'USE_CONTACT_PREFERENCE',
    contact_notification: 'USE_CONTACT_PREFERENCE',
  }),
  'to two contacts, and tell them': publish({
    portal_publishing: 'DO_NOT_PUBLISH',
    contact_notification: 'NOTIFY',
    publish_override_contact_ids: [23, 25],
  }),
  'what would happen': publish({ portal_publishing: 'PUBLISH', contact_notification: 'NOTIFY', dry_run: true }),
};

export const ApiPublishBody = (): MethodDecorator => ApiJsonRequestBody({ type: PublishBody, examples: BODIES });

const withdraw = (attributes: object) =>
  request('unpublish_portal_files_request', { files_id: [37, 38], ...attributes });

export const ApiUnpublishBody = (): MethodDecorator =>
  ApiJsonRequestBody({
    type: UnpublishBody,
    examples: { 'from everyone': withdraw({}), 'from two contacts': withdraw({ contact_ids: [23, 25] }) },
  });

const PUBLISHED = { notify_status: 'success', publish_status: 'success' };
const error = (what: 'Publish' | 'Notification', contacts: string) => ({
  code: what === 'Publish' ? 'publish_failed' : 'notification_failed',
  title: `${what} failed for some contacts.`,
  detail: `${what} failed for contacts [${contacts}].`,
});
const result = (id: string, attributes: object = PUBLISHED) => ({
  id,
  type: 'publish_files_result',
  attributes: { file_id: Number(id), ...attributes },
  links: { self: `/v1/publish_files_result/${id}` },
});
const results = (...data: object[]) => ({ value: { data, included: [], links: { prev: null, next: null } } });
const RESULTS = {
  success: results(result('37'), result('38'), result('39')),
  'partial fail': results(
    result('37', { notify_status: 'fail', publish_status: 'success', error: [error('Notification', '1,2,3')] }),
    result('38', {
      notify_status: 'fail',
      publish_status: 'fail',
      error: [error('Publish', '4,5'), error('Notification', '1,2,3')],
    }),
  ),
};

/** The results of a call, with the examples of seed 000. */
export const ApiPublishResults = (description: string): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(PublishResultsDocument),
    ApiResponse({
      status: 200,
      description,
      content: {
        'application/vnd.api+json': { schema: { $ref: getSchemaPath(PublishResultsDocument) }, examples: RESULTS },
      },
    }),
  );
