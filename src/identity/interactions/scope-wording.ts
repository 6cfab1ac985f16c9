import type { Scope } from '@portico/domain/kernel';
import type { Texts } from '../../platform/language/language.js';

/** What a client may do with a scope, as people are told before they consent. */
export const SCOPE_WORDING: Readonly<Record<Scope, Texts>> = {
  FILES: {
    en: 'Read files',
    ja: 'ファイルの閲覧',
    de: 'Dateien lesen',
    fr: 'Lire les fichiers',
    es: 'Leer archivos',
  },
  FILES_WRITE: {
    en: 'Read and change files',
    ja: 'ファイルの閲覧と変更',
    de: 'Dateien lesen und ändern',
    fr: 'Lire et modifier les fichiers',
    es: 'Leer y modificar archivos',
  },
  PUBLISH_FILE: {
    en: 'Publish files to the portals of clients',
    ja: '顧客ポータルへのファイルの公開',
    de: 'Dateien in den Portalen der Kunden veröffentlichen',
    fr: 'Publier des fichiers sur les portails des clients',
    es: 'Publicar archivos en los portales de los clientes',
  },
  ENTITIES: {
    en: 'Read entities',
    ja: 'エンティティの閲覧',
    de: 'Entitäten lesen',
    fr: 'Lire les entités',
    es: 'Leer entidades',
  },
  ENTITIES_WRITE: {
    en: 'Read and change entities',
    ja: 'エンティティの閲覧と変更',
    de: 'Entitäten lesen und ändern',
    fr: 'Lire et modifier les entités',
    es: 'Leer y modificar entidades',
  },
  GROUPS: {
    en: 'Read groups and their members',
    ja: 'グループとそのメンバーの閲覧',
    de: 'Gruppen und ihre Mitglieder lesen',
    fr: 'Lire les groupes et leurs membres',
    es: 'Leer grupos y sus miembros',
  },
  GROUPS_WRITE: {
    en: 'Read and change groups and their members',
    ja: 'グループとそのメンバーの閲覧と変更',
    de: 'Gruppen und ihre Mitglieder lesen und ändern',
    fr: 'Lire et modifier les groupes et leurs membres',
    es: 'Leer y modificar grupos y sus miembros',
  },
  USERS: {
    en: 'Read users and contacts',
    ja: 'ユーザーと連絡先の閲覧',
    de: 'Benutzer und Kontakte lesen',
    fr: 'Lire les utilisateurs et les contacts',
    es: 'Leer usuarios y contactos',
  },
  USERS_WRITE: {
    en: 'Read and change users and contacts',
    ja: 'ユーザーと連絡先の閲覧と変更',
    de: 'Benutzer und Kontakte lesen und ändern',
    fr: 'Lire et modifier les utilisateurs et les contacts',
    es: 'Leer y modificar usuarios y contactos',
  },
  PORTAL: {
    en: 'Act as the portal of the firm',
    ja: '会社のポータルとしての操作',
    de: 'Als Portal der Firma handeln',
    fr: 'Agir en tant que portail de la société',
    es: 'Actuar como portal de la empresa',
  },
};
