// The same as bounce-grammar-abroad.ts for Japanese, Korean and Chinese, which put no space between words. Their letters are
// looked for as they are: folding leaves no more of a Korean syllable than its first consonant.

import type { Find } from "../basics/phrases.ts";

const PERSON =
  /宛先|あて先|受信者|受取人|ユーザ|アカウント|アドレス|メールボックス|利用者|ドメイン|수신자|수신인|받는 ?사람|사용자|계정|주소|메일 ?함|메일박스|도메인|收件人|收信人|用户|用戶|账号|帐号|帳號|账户|邮箱|信箱|郵箱|地址|域名|@/u;
const SENDER =
  /送信者|差出人|発信者|送信元|발신자|보낸 ?사람|발신인|송신자|发件人|寄件人|發件人|寄件者|发送者|发送方/u;
const GONE =
  /(?:アカウント|ユーザー?|アドレス)は?(?:ございません|ありません|おりません)|没有[^。]{0,80}(?:账户|账号|用户|邮箱)|存在しま(?:せん|ない)|存在しない|存在していない|存在していません|見つかりま(?:せん)|見つからな|見当たりません|登録されていま|登録がありません|削除されて|削除済|使われており|使用されておりません|無効|不明|廃止|解約|존재하지 ?않|찾을 ?수 ?없|없는 ?(?:사용자|주소|계정|메일|수신)|없습니다|알 ?수 ?없는|삭제된|삭제되|탈퇴|유효하지 ?않|해지|휴면|不存在|未找到|找不到|没有找到|无此|無此|查无|查無|没有此|沒有此|没有这个|注销|已删除|被删除|已停用|被停用|被禁用|已关闭|无效|無效|不是有效|未知/u;
const ROOM =
  /メールボックス|容量|受信トレイ|受信箱|ディスク|메일 ?함|메일박스|용량|공간|저장|邮箱|信箱|空间|空間|容量|配额/u;
const FULL =
  /超過|超え|いっぱい|一杯|満杯|不足|空きがありません|オーバー|가득|초과|부족|꽉|已满|已滿|满了|不足|超出|超过|超限|用完/u;
const PASSING = /一時的|しばらく|일시적|잠시|暂时|临时|稍后|暫時/u;
const ADVERTISING = /迷惑メール|スパム|스팸|垃圾邮件|垃圾郵件/u;

/** A place in the text is not the same in its folded form for these scripts: what was found is the whole clause. */
const clauseWhere =
  (is: (words: string) => boolean) =>
  (raw: string): Find | null => {
    if (!/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(raw)) return null;
    for (const { 0: words, index } of raw.slice(0, 2000).matchAll(/[^。！？!?\n;；,，、]{2,300}/gu))
      if (is(words)) return { language: "", quote: words, at: index, end: index + words.length };
    return null;
  };

export const SENDER_BLAMED_EASTERN = clauseWhere((words) => SENDER.test(words) && GONE.test(words));
export const FULL_EASTERN = clauseWhere((words) => ROOM.test(words) && FULL.test(words));
export const NOBODY_EASTERN = clauseWhere(
  (words) => PERSON.test(words) && GONE.test(words) && !SENDER.test(words) && !PASSING.test(words),
);
export const UNWANTED_EASTERN = clauseWhere((words) => ADVERTISING.test(words));
