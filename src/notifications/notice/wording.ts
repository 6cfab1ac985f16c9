import type { Language } from '@portico/domain/directory';

/** What a mail and its page say in one language. Names are filled in as they are. */
export interface Wording {
  subject(count: number, firm: string): string;
  greeting(name: string): string;
  /** `at` is a date with its time. */
  published(count: number, firm: string, at: string): string;
  more(count: number): string;
  readonly open: string;
  readonly openAll: string;
  reason(firm: string): string;
  readonly unsubscribe: string;
  readonly page: {
    readonly title: string;
    question(firm: string): string;
    readonly button: string;
    done(firm: string): string;
  };
}

/** One of several texts, by the rules of the language for plurals. */
function plural(language: Language, forms: { one?: string; other: string }): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count) => {
    const form = rules.select(count) === 'one' ? (forms.one ?? forms.other) : forms.other;
    return form.replace('#', numbers.format(count));
  };
}

const en = {
  documents: plural('en', { one: '# new document', other: '# new documents' }),
  are: plural('en', { one: '# new document was published', other: '# new documents were published' }),
  more: plural('en', { one: 'and # more', other: 'and # more' }),
};
const ja = {
  documents: plural('ja', { other: '新しい書類が#件' }),
  more: plural('ja', { other: 'ほか#件' }),
};
const de = {
  documents: plural('de', { one: '# neues Dokument', other: '# neue Dokumente' }),
  are: plural('de', { one: 'wurde # neues Dokument', other: 'wurden # neue Dokumente' }),
  more: plural('de', { one: 'und # weiteres', other: 'und # weitere' }),
};
const fr = {
  documents: plural('fr', { one: '# nouveau document', other: '# nouveaux documents' }),
  are: plural('fr', { one: 'a publié # nouveau document', other: 'a publié # nouveaux documents' }),
  more: plural('fr', { one: 'et # autre', other: 'et # autres' }),
};
const es = {
  documents: plural('es', { one: '# documento nuevo', other: '# documentos nuevos' }),
  are: plural('es', { one: 'ha publicado # documento nuevo', other: 'ha publicado # documentos nuevos' }),
  more: plural('es', { one: 'y # más', other: 'y # más' }),
};

export const WORDINGS: Readonly<Record<Language, Wording>> = {
  en: {
    subject: (count, firm) => `${en.documents(count)} from ${firm}`,
    greeting: (name) => `Dear ${name},`,
    published: (count, firm, at) => `${en.are(count)} for you by ${firm} on ${at}:`,
    more: en.more,
    open: 'Open',
    openAll: 'Open your documents',
    reason: (firm) => `You receive this e-mail because ${firm} publishes documents for you.`,
    unsubscribe: 'Stop these e-mails',
    page: {
      title: 'E-mail notifications',
      question: (firm) =>
        `Do you no longer want to be told by e-mail when ${firm} publishes documents for you or has other news?`,
      button: 'Stop these e-mails',
      done: (firm) =>
        `You will no longer be told by e-mail of new documents and other news from ${firm}. They stay in your portal.`,
    },
  },
  ja: {
    subject: (count, firm) => `【${firm}】${ja.documents(count)}公開されました`,
    greeting: (name) => `${name} 様`,
    published: (count, firm, at) => `${at}に、${firm}より${ja.documents(count)}公開されました。`,
    more: ja.more,
    open: '開く',
    openAll: '書類を確認する',
    reason: (firm) => `このメールは、${firm}がお客様に書類を公開した際にお送りしています。`,
    unsubscribe: 'メール通知を停止する',
    page: {
      title: 'メール通知',
      question: (firm) => `${firm}からの新しい書類やお知らせに関するメール通知を停止しますか？`,
      button: 'メール通知を停止する',
      done: (firm) =>
        `${firm}からの新しい書類やお知らせに関するメール通知を停止しました。引き続きポータルでご覧いただけます。`,
    },
  },
  de: {
    subject: (count, firm) => `${de.documents(count)} von ${firm}`,
    greeting: (name) => `Guten Tag ${name},`,
    published: (count, firm, at) => `am ${at} ${de.are(count)} von ${firm} für Sie veröffentlicht:`,
    more: de.more,
    open: 'Öffnen',
    openAll: 'Ihre Dokumente öffnen',
    reason: (firm) => `Sie erhalten diese E-Mail, weil ${firm} Dokumente für Sie veröffentlicht.`,
    unsubscribe: 'Keine solchen E-Mails mehr erhalten',
    page: {
      title: 'E-Mail-Benachrichtigungen',
      question: (firm) =>
        `Möchten Sie nicht mehr per E-Mail benachrichtigt werden, wenn ${firm} Dokumente für Sie veröffentlicht oder andere Neuigkeiten hat?`,
      button: 'Keine E-Mails mehr erhalten',
      done: (firm) =>
        `Sie werden über neue Dokumente und andere Neuigkeiten von ${firm} nicht mehr per E-Mail benachrichtigt. Im Portal finden Sie sie weiterhin.`,
    },
  },
  fr: {
    subject: (count, firm) => `${firm} : ${fr.documents(count)}`,
    greeting: (name) => `Bonjour ${name},`,
    published: (count, firm, at) => `Le ${at}, ${firm} ${fr.are(count)} à votre attention :`,
    more: fr.more,
    open: 'Ouvrir',
    openAll: 'Ouvrir vos documents',
    reason: (firm) => `Vous recevez cet e-mail parce que ${firm} publie des documents à votre attention.`,
    unsubscribe: 'Ne plus recevoir ces e-mails',
    page: {
      title: 'Notifications par e-mail',
      question: (firm) =>
        `Souhaitez-vous ne plus être averti par e-mail lorsque ${firm} publie des documents à votre attention ou a d’autres nouvelles ?`,
      button: 'Ne plus recevoir ces e-mails',
      done: (firm) =>
        `Les nouveaux documents et les autres nouvelles de ${firm} ne vous seront plus annoncés par e-mail. Vous les retrouvez sur votre portail.`,
    },
  },
  es: {
    subject: (count, firm) => `${es.documents(count)} de ${firm}`,
    greeting: (name) => `Hola, ${name}:`,
    published: (count, firm, at) => `El ${at}, ${firm} ${es.are(count)} para usted:`,
    more: es.more,
    open: 'Abrir',
    openAll: 'Abrir sus documentos',
    reason: (firm) => `Recibe este correo porque ${firm} publica documentos para usted.`,
    unsubscribe: 'No recibir más estos correos',
    page: {
      title: 'Avisos por correo electrónico',
      question: (firm) =>
        `¿Desea dejar de recibir avisos por correo cuando ${firm} publique documentos para usted o tenga otras novedades?`,
      button: 'No recibir más correos',
      done: (firm) =>
        `Ya no recibirá avisos por correo sobre los documentos nuevos y otras novedades de ${firm}. Los encontrará en su portal.`,
    },
  },
};
