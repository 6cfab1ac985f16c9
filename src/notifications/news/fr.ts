import type { NewsTexts } from './texts.js';

export const fr: NewsTexts = {
  types: {
    invoice_issued: {
      label: 'Nouvelle facture',
      description: 'Une facture a été émise à votre attention',
      title: 'Nouvelle facture {thing}',
      body: 'La facture {thing} a été émise.',
    },
    budget_to_approve: {
      label: 'Budget à approuver',
      description: 'Un budget attend votre approbation',
      title: 'Budget à approuver : {thing}',
      body: 'Le budget « {thing} » attend votre approbation.',
    },
    note_added: {
      label: 'Nouvelle note',
      description: 'Une note ou une réponse a été écrite à votre attention',
      title: 'Nouvelle note sur {thing}',
      body: '{who} a écrit une note sur « {thing} ».',
    },
    request_changed: {
      label: 'Demande modifiée',
      description: 'L’une de vos demandes a un nouveau statut',
      title: '{thing} : {status}',
      body: 'Votre demande « {thing} » a maintenant le statut « {status} ».',
    },
    milestone_reached: {
      label: 'Étape atteinte',
      description: 'Une étape de vos projets ou de votre intégration a été atteinte',
      title: 'Étape atteinte : {thing}',
      body: 'L’étape « {thing} » a été atteinte.',
    },
    announcement: {
      label: 'Annonce',
      description: 'Ce que nous avons à dire à tous nos clients',
      title: '{thing}',
      body: '{text}',
    },
    file_published: {
      label: 'Nouveau document',
      description: 'Des documents ont été publiés à votre attention',
      title: 'Nouveau document : {thing}',
      body: '« {thing} » a été publié à votre attention.',
      several: {
        title: 'Nouveaux documents : {thing} et {more} de plus',
        body: '« {thing} » et {more} de plus ont été publiés à votre attention.',
      },
    },
    contract_to_sign: {
      label: 'Contrat à signer',
      description: 'Un contrat attend votre signature. Vous en êtes toujours averti.',
      title: 'Contrat à signer : {thing}',
      body: 'Le contrat « {thing} » attend votre signature.',
    },
    request_received: {
      label: 'Nouvelle demande',
      description: 'Un client a fait une demande sur le portail',
      title: 'Nouvelle demande : {thing}',
      body: '{who} demande « {thing} ».',
    },
    note_received: {
      label: 'Nouvelle note d’un client',
      description: 'Un client a écrit une note sur le portail',
      title: 'Nouvelle note sur {thing}',
      body: '{who} a écrit une note sur « {thing} ».',
    },
    document_received: {
      label: 'Document d’un client',
      description: 'Un client a envoyé un document par le portail',
      title: 'Nouveau document : {thing}',
      body: '{who} a envoyé « {thing} ».',
    },
    budget_approved: {
      label: 'Budget approuvé',
      description: 'Un client a approuvé un budget',
      title: 'Budget approuvé : {thing}',
      body: '{who} a approuvé le budget « {thing} ».',
    },
    connection_made: {
      label: 'Nouvelle connexion',
      description: 'Un client a connecté une plateforme',
      title: 'Nouvelle connexion : {thing}',
      body: '{who} a connecté {thing}.',
    },
    questionnaire_completed: {
      label: 'Questionnaire rempli',
      description: 'Un client a rempli le questionnaire',
      title: 'Questionnaire rempli : {thing}',
      body: '{who} a rempli le questionnaire.',
    },
  },
  theFirm: 'Votre équipe',
  aClient: 'Un client',
  subject: '{title} ({firm})',
  subjectOfSeveral: '{label} : {count} ({firm})',
  opening: '{firm} a du nouveau pour vous :',
  open: 'Ouvrir votre portail',
  reason: 'Vous recevez cet e-mail parce que {firm} vous tient au courant de ce qui se passe sur votre portail.',
  reasonOfCritical:
    'Vous recevez cet e-mail parce que {firm} a besoin de quelque chose de votre part. Il ne peut pas être désactivé.',
  reasonOfStaff: 'Vous recevez cet e-mail parce que vous travaillez chez {firm}.',
};
