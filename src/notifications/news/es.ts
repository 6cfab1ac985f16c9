import type { NewsTexts } from './texts.js';

export const es: NewsTexts = {
  types: {
    invoice_issued: {
      label: 'Factura nueva',
      description: 'Se ha emitido una factura a su nombre',
      title: 'Factura nueva {thing}',
      body: 'Se ha emitido la factura {thing}.',
    },
    budget_to_approve: {
      label: 'Presupuesto por aprobar',
      description: 'Un presupuesto espera su aprobación',
      title: 'Presupuesto por aprobar: {thing}',
      body: 'El presupuesto «{thing}» espera su aprobación.',
    },
    note_added: {
      label: 'Nota nueva',
      description: 'Alguien ha escrito una nota o una respuesta para usted',
      title: 'Nota nueva sobre {thing}',
      body: '{who} ha escrito una nota sobre «{thing}».',
    },
    request_changed: {
      label: 'Solicitud modificada',
      description: 'Una de sus solicitudes tiene un estado nuevo',
      title: '{thing}: {status}',
      body: 'Su solicitud «{thing}» tiene ahora el estado «{status}».',
    },
    milestone_reached: {
      label: 'Hito alcanzado',
      description: 'Se ha alcanzado un hito de sus proyectos o de su incorporación',
      title: 'Hito alcanzado: {thing}',
      body: 'Se ha alcanzado el hito «{thing}».',
    },
    announcement: {
      label: 'Anuncio',
      description: 'Lo que tenemos que decir a todos los clientes',
      title: '{thing}',
      body: '{text}',
    },
    file_published: {
      label: 'Documento nuevo',
      description: 'Se han publicado documentos para usted',
      title: 'Documento nuevo: {thing}',
      body: 'Se ha publicado «{thing}» para usted.',
      several: {
        title: 'Documentos nuevos: {thing} y {more} más',
        body: 'Se han publicado «{thing}» y {more} más para usted.',
      },
    },
    contract_to_sign: {
      label: 'Contrato por firmar',
      description: 'Un contrato espera su firma. De esto se le avisa siempre.',
      title: 'Contrato por firmar: {thing}',
      body: 'El contrato «{thing}» espera su firma.',
    },
    request_received: {
      label: 'Solicitud nueva',
      description: 'Un cliente ha hecho una solicitud en el portal',
      title: 'Solicitud nueva: {thing}',
      body: '{who} pide «{thing}».',
    },
    note_received: {
      label: 'Nota nueva de un cliente',
      description: 'Un cliente ha escrito una nota en el portal',
      title: 'Nota nueva sobre {thing}',
      body: '{who} ha escrito una nota sobre «{thing}».',
    },
    document_received: {
      label: 'Documento de un cliente',
      description: 'Un cliente ha enviado un documento por el portal',
      title: 'Documento nuevo: {thing}',
      body: '{who} ha enviado «{thing}».',
    },
    budget_approved: {
      label: 'Presupuesto aprobado',
      description: 'Un cliente ha aprobado un presupuesto',
      title: 'Presupuesto aprobado: {thing}',
      body: '{who} ha aprobado el presupuesto «{thing}».',
    },
    connection_made: {
      label: 'Conexión nueva',
      description: 'Un cliente ha conectado una plataforma',
      title: 'Conexión nueva: {thing}',
      body: '{who} ha conectado {thing}.',
    },
    questionnaire_completed: {
      label: 'Cuestionario completado',
      description: 'Un cliente ha completado el cuestionario',
      title: 'Cuestionario completado: {thing}',
      body: '{who} ha completado el cuestionario.',
    },
  },
  theFirm: 'Su equipo',
  aClient: 'Un cliente',
  subject: '{title} ({firm})',
  subjectOfSeveral: '{label}: {count} ({firm})',
  opening: 'Hay novedades para usted de {firm}:',
  open: 'Abrir su portal',
  reason: 'Recibe este correo porque {firm} le informa de lo que ocurre en su portal.',
  reasonOfCritical: 'Recibe este correo porque {firm} necesita algo de usted. No se puede desactivar.',
  reasonOfStaff: 'Recibe este correo porque trabaja en {firm}.',
};
