import type { NewsTexts } from './texts.js';

export const en: NewsTexts = {
  types: {
    invoice_issued: {
      label: 'New invoice',
      description: 'An invoice was issued to you',
      title: 'New invoice {thing}',
      body: 'The invoice {thing} was issued.',
    },
    budget_to_approve: {
      label: 'Budget to approve',
      description: 'A budget is waiting for your approval',
      title: 'Budget to approve: {thing}',
      body: 'The budget “{thing}” is waiting for your approval.',
    },
    note_added: {
      label: 'New note',
      description: 'Somebody wrote a note or an answer for you',
      title: 'New note on {thing}',
      body: '{who} wrote a note on “{thing}”.',
    },
    request_changed: {
      label: 'Request changed',
      description: 'A request of yours has a new status',
      title: '{thing}: {status}',
      body: 'Your request “{thing}” now has the status “{status}”.',
    },
    milestone_reached: {
      label: 'Milestone reached',
      description: 'A milestone of your projects or your onboarding was reached',
      title: 'Milestone reached: {thing}',
      body: 'The milestone “{thing}” was reached.',
    },
    announcement: {
      label: 'Announcement',
      description: 'What we have to say to all clients',
      title: '{thing}',
      body: '{text}',
    },
    file_published: {
      label: 'New document',
      description: 'Documents were published for you',
      title: 'New document: {thing}',
      body: '“{thing}” was published for you.',
      several: {
        title: 'New documents: {thing} and {more} more',
        body: '“{thing}” and {more} more were published for you.',
      },
    },
    contract_to_sign: {
      label: 'Contract to sign',
      description: 'A contract is waiting for your signature. You are always told of this.',
      title: 'Contract to sign: {thing}',
      body: 'The contract “{thing}” is waiting for your signature.',
    },
    request_received: {
      label: 'New request',
      description: 'A client made a request in the portal',
      title: 'New request: {thing}',
      body: '{who} asks for “{thing}”.',
    },
    note_received: {
      label: 'New note of a client',
      description: 'A client wrote a note in the portal',
      title: 'New note on {thing}',
      body: '{who} wrote a note on “{thing}”.',
    },
    document_received: {
      label: 'Document of a client',
      description: 'A client sent a document in the portal',
      title: 'New document: {thing}',
      body: '{who} sent “{thing}”.',
    },
    budget_approved: {
      label: 'Budget approved',
      description: 'A client approved a budget',
      title: 'Budget approved: {thing}',
      body: '{who} approved the budget “{thing}”.',
    },
    connection_made: {
      label: 'New connection',
      description: 'A client connected a platform',
      title: 'New connection: {thing}',
      body: '{who} connected {thing}.',
    },
    questionnaire_completed: {
      label: 'Questionnaire completed',
      description: 'A client completed the questionnaire',
      title: 'Questionnaire completed: {thing}',
      body: '{who} completed the questionnaire.',
    },
  },
  theFirm: 'Your team',
  aClient: 'A client',
  subject: '{title} ({firm})',
  subjectOfSeveral: '{label}: {count} ({firm})',
  opening: 'There is news for you from {firm}:',
  open: 'Open your portal',
  reason: 'You receive this e-mail because {firm} tells you what happens in your portal.',
  reasonOfCritical: 'You receive this e-mail because {firm} needs something of you. It can not be turned off.',
  reasonOfStaff: 'You receive this e-mail because you work at {firm}.',
};
