import type { NewsTexts } from './texts.js';

export const ja: NewsTexts = {
  types: {
    invoice_issued: {
      label: '新しい請求書',
      description: '請求書が発行されました',
      title: '新しい請求書 {thing}',
      body: '請求書 {thing} が発行されました。',
    },
    budget_to_approve: {
      label: '予算の承認依頼',
      description: '予算がお客様の承認を待っています',
      title: '予算の承認依頼：{thing}',
      body: '予算「{thing}」がお客様の承認を待っています。',
    },
    note_added: {
      label: '新しいメモ',
      description: 'お客様宛てのメモまたは返信が書かれました',
      title: '{thing} への新しいメモ',
      body: '{who}が「{thing}」にメモを書きました。',
    },
    request_changed: {
      label: 'ご依頼の変更',
      description: 'お客様のご依頼の状況が変わりました',
      title: '{thing}：{status}',
      body: 'ご依頼「{thing}」の状況は「{status}」になりました。',
    },
    milestone_reached: {
      label: 'マイルストーン達成',
      description: 'プロジェクトまたは導入のマイルストーンが達成されました',
      title: 'マイルストーン達成：{thing}',
      body: 'マイルストーン「{thing}」が達成されました。',
    },
    announcement: {
      label: 'お知らせ',
      description: 'すべてのお客様へのお知らせです',
      title: '{thing}',
      body: '{text}',
    },
    file_published: {
      label: '新しい書類',
      description: 'お客様宛ての書類が公開されました',
      title: '新しい書類：{thing}',
      body: '「{thing}」が公開されました。',
      several: {
        title: '新しい書類：{thing} ほか{more}件',
        body: '「{thing}」ほか{more}件が公開されました。',
      },
    },
    contract_to_sign: {
      label: '契約書の署名依頼',
      description: '契約書がお客様の署名を待っています。この通知は停止できません。',
      title: '契約書の署名依頼：{thing}',
      body: '契約書「{thing}」がお客様の署名を待っています。',
    },
    request_received: {
      label: '新しい依頼',
      description: 'クライアントがポータルで依頼を送信しました',
      title: '新しい依頼：{thing}',
      body: '{who}から「{thing}」の依頼がありました。',
    },
    note_received: {
      label: 'クライアントの新しいメモ',
      description: 'クライアントがポータルでメモを書きました',
      title: '{thing} への新しいメモ',
      body: '{who}が「{thing}」にメモを書きました。',
    },
    document_received: {
      label: 'クライアントの書類',
      description: 'クライアントがポータルで書類を送信しました',
      title: '新しい書類：{thing}',
      body: '{who}が「{thing}」を送信しました。',
    },
    budget_approved: {
      label: '予算の承認',
      description: 'クライアントが予算を承認しました',
      title: '予算の承認：{thing}',
      body: '{who}が予算「{thing}」を承認しました。',
    },
    connection_made: {
      label: '新しい接続',
      description: 'クライアントがプラットフォームを接続しました',
      title: '新しい接続：{thing}',
      body: '{who}が {thing} を接続しました。',
    },
    questionnaire_completed: {
      label: 'アンケートの回答',
      description: 'クライアントがアンケートに回答しました',
      title: 'アンケートの回答：{thing}',
      body: '{who}がアンケートに回答しました。',
    },
  },
  theFirm: '担当チーム',
  aClient: 'クライアント',
  subject: '【{firm}】{title}',
  subjectOfSeveral: '【{firm}】{label}（{count}件）',
  opening: '{firm}よりお知らせがあります。',
  open: 'ポータルを開く',
  reason: 'このメールは、ポータルでの出来事を{firm}がお知らせするためにお送りしています。',
  reasonOfCritical: 'このメールは、お客様のご対応が必要なためお送りしています。停止することはできません。',
  reasonOfStaff: 'このメールは、{firm}のスタッフの方にお送りしています。',
};
