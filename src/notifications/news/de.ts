import type { NewsTexts } from './texts.js';

export const de: NewsTexts = {
  types: {
    invoice_issued: {
      label: 'Neue Rechnung',
      description: 'Eine Rechnung wurde für Sie ausgestellt',
      title: 'Neue Rechnung {thing}',
      body: 'Die Rechnung {thing} wurde ausgestellt.',
    },
    budget_to_approve: {
      label: 'Budget zur Freigabe',
      description: 'Ein Budget wartet auf Ihre Freigabe',
      title: 'Budget zur Freigabe: {thing}',
      body: 'Das Budget „{thing}“ wartet auf Ihre Freigabe.',
    },
    note_added: {
      label: 'Neue Notiz',
      description: 'Jemand hat eine Notiz oder eine Antwort für Sie geschrieben',
      title: 'Neue Notiz zu {thing}',
      body: '{who} hat eine Notiz zu „{thing}“ geschrieben.',
    },
    request_changed: {
      label: 'Anfrage geändert',
      description: 'Eine Ihrer Anfragen hat einen neuen Status',
      title: '{thing}: {status}',
      body: 'Ihre Anfrage „{thing}“ hat jetzt den Status „{status}“.',
    },
    milestone_reached: {
      label: 'Meilenstein erreicht',
      description: 'Ein Meilenstein Ihrer Projekte oder Ihrer Einführung wurde erreicht',
      title: 'Meilenstein erreicht: {thing}',
      body: 'Der Meilenstein „{thing}“ wurde erreicht.',
    },
    announcement: {
      label: 'Mitteilung',
      description: 'Was wir allen Kunden mitzuteilen haben',
      title: '{thing}',
      body: '{text}',
    },
    file_published: {
      label: 'Neues Dokument',
      description: 'Dokumente wurden für Sie veröffentlicht',
      title: 'Neues Dokument: {thing}',
      body: '„{thing}“ wurde für Sie veröffentlicht.',
      several: {
        title: 'Neue Dokumente: {thing} und {more} weitere',
        body: '„{thing}“ und {more} weitere wurden für Sie veröffentlicht.',
      },
    },
    contract_to_sign: {
      label: 'Vertrag zur Unterschrift',
      description: 'Ein Vertrag wartet auf Ihre Unterschrift. Darüber werden Sie immer benachrichtigt.',
      title: 'Vertrag zur Unterschrift: {thing}',
      body: 'Der Vertrag „{thing}“ wartet auf Ihre Unterschrift.',
    },
    request_received: {
      label: 'Neue Anfrage',
      description: 'Ein Kunde hat im Portal eine Anfrage gestellt',
      title: 'Neue Anfrage: {thing}',
      body: '{who} bittet um „{thing}“.',
    },
    note_received: {
      label: 'Neue Notiz eines Kunden',
      description: 'Ein Kunde hat im Portal eine Notiz geschrieben',
      title: 'Neue Notiz zu {thing}',
      body: '{who} hat eine Notiz zu „{thing}“ geschrieben.',
    },
    document_received: {
      label: 'Dokument eines Kunden',
      description: 'Ein Kunde hat im Portal ein Dokument geschickt',
      title: 'Neues Dokument: {thing}',
      body: '{who} hat „{thing}“ geschickt.',
    },
    budget_approved: {
      label: 'Budget freigegeben',
      description: 'Ein Kunde hat ein Budget freigegeben',
      title: 'Budget freigegeben: {thing}',
      body: '{who} hat das Budget „{thing}“ freigegeben.',
    },
    connection_made: {
      label: 'Neue Verbindung',
      description: 'Ein Kunde hat eine Plattform verbunden',
      title: 'Neue Verbindung: {thing}',
      body: '{who} hat {thing} verbunden.',
    },
    questionnaire_completed: {
      label: 'Fragebogen ausgefüllt',
      description: 'Ein Kunde hat den Fragebogen ausgefüllt',
      title: 'Fragebogen ausgefüllt: {thing}',
      body: '{who} hat den Fragebogen ausgefüllt.',
    },
  },
  theFirm: 'Ihr Team',
  aClient: 'Ein Kunde',
  subject: '{title} ({firm})',
  subjectOfSeveral: '{label}: {count} ({firm})',
  opening: 'es gibt Neuigkeiten für Sie von {firm}:',
  open: 'Ihr Portal öffnen',
  reason: 'Sie erhalten diese E-Mail, weil {firm} Ihnen mitteilt, was in Ihrem Portal geschieht.',
  reasonOfCritical: 'Sie erhalten diese E-Mail, weil {firm} etwas von Ihnen benötigt. Sie lässt sich nicht abstellen.',
  reasonOfStaff: 'Sie erhalten diese E-Mail, weil Sie bei {firm} arbeiten.',
};
