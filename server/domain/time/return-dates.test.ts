import assert from "node:assert/strict";
import { test } from "node:test";
import { returnIn } from "./return-dates.ts";

// Sent on a Tuesday.
const SENT = { day: Temporal.PlainDate.from("2026-03-03"), monthFirst: false };
const AMERICAN = { ...SENT, monthFirst: true };

const CASES: [note: string, expected: string | null][] = [
  ["I am out of the office until Monday, March 16.", "2026-03-16"],
  ["I am out of office from March 2 to March 13, 2026.", "2026-03-14"],
  ["I'm away March 2-13 and will answer then.", "2026-03-14"],
  ["I am on leave until Monday.", "2026-03-09"],
  ["I will be back on the 16th of March.", "2026-03-16"],
  ["I am away until 13 March. I will be back on Monday.", "2026-03-16"],
  ["Returning 2026-03-20.", "2026-03-20"],
  ["I am out through Friday, March 13th.", "2026-03-14"],
  ["On vacation up to and including 13 March", "2026-03-14"],
  ["I'm out today and back tomorrow.", "2026-03-04"],
  ["I will return next week.", "2026-03-09"],
  ["Since 2 March I am away. For help call us on Friday.", null],
  ["I am out of office with limited access to email.", null],
  ["I am on sabbatical until 1 September 2026.", null],
  ["I was away until 20 February.", null],
  ["I will be back on 5 January 2027.", null],
  ["Ich bin bis zum 13.03.2026 nicht im Büro.", "2026-03-14"],
  ["Ich bin vom 2. bis 13. März im Urlaub.", "2026-03-14"],
  ["Ich bin bis einschließlich 13.03. abwesend.", "2026-03-14"],
  ["Ab dem 16.03. bin ich wieder erreichbar.", "2026-03-16"],
  ["Ich bin am Montag, den 16. März 2026, zurück. Zurück am Montag, den 16. März.", "2026-03-16"],
  ["Ab Montag bin ich wieder für Sie da.", "2026-03-09"],
  ["Je suis absente jusqu'au 16 mars inclus.", "2026-03-17"],
  ["Je serai de retour le lundi 16 mars.", "2026-03-16"],
  ["Absent du 2 au 13 mars 2026.", "2026-03-14"],
  ["Je serai de retour le 1er avril.", "2026-04-01"],
  ["Estaré fuera de la oficina hasta el 16 de marzo de 2026.", "2026-03-16"],
  ["Estoy de vacaciones del 2 al 13 de marzo.", "2026-03-14"],
  ["Regreso el lunes.", "2026-03-09"],
  ["Sarò in ferie fino al 16 marzo.", "2026-03-16"],
  ["Rientrerò lunedì 16 marzo.", "2026-03-16"],
  ["Estou de férias até 16 de março.", "2026-03-16"],
  ["Regresso no dia 16/03/2026.", "2026-03-16"],
  ["Ik ben afwezig tot en met 13 maart.", "2026-03-14"],
  ["Ik ben maandag 16 maart weer aanwezig.", "2026-03-16"],
  ["Ik ben op vakantie tot 16 maart.", "2026-03-16"],
  ["Jag är på semester t.o.m. 13 mars.", "2026-03-14"],
  ["Jag är åter måndag den 16 mars.", "2026-03-16"],
  ["Jeg er på ferie til og med fredag 13. mars.", "2026-03-14"],
  ["Jeg er tilbake mandag 16. mars.", "2026-03-16"],
  ["Jeg holder ferie til den 16. marts.", "2026-03-16"],
  ["Jeg er tilbage på kontoret den 16/3.", "2026-03-16"],
  ["Olen lomalla 13.3.2026 asti.", "2026-03-14"],
  ["Palaan töihin maanantaina 16.3.", "2026-03-16"],
  ["Lomalla 2.-13.3.2026.", "2026-03-14"],
  ["Jestem na urlopie do 16 marca.", "2026-03-16"],
  ["Wracam w poniedziałek 16 marca.", "2026-03-16"],
  ["Nieobecność od 2 do 13 marca 2026.", "2026-03-14"],
  ["I will be\nback on\nMarch 16.", "2026-03-16"],
  ["Back on 31/03/2026.", "2026-03-31"],
  ["Back on 31 February.", null],
  ["Vom 02.03. - 13.03.2026 bin ich im Urlaub.", "2026-03-14"],
  ["02.03.2026 - 13.03.2026", "2026-03-14"],
  ["Mon, Mar 2 – Fri, Mar 13", "2026-03-14"],
  ["Estarei ausente entre 2 e 13 de março.", "2026-03-14"],
  ["W dniach 2-13 marca jestem na urlopie.", "2026-03-14"],
  ["Jeg er på kontoret igen d. 16. marts.", "2026-03-16"],
  ["Ik ben vrij t/m 13 maart.", "2026-03-14"],
  ["We will get back to you by Monday.", null],
  ["I am on leave starting March 9.", null],
  ["3月13日まで休暇をいただいております。3月16日より出社いたします。", "2026-03-16"],
  ["出張のため3月6日まで不在にしております。9日より通常通り対応いたします。", "2026-03-09"],
  ["3月27日から休暇で、2日に出社します。", "2026-04-02"],
  ["3월 4일부터 3월 6일까지 휴가입니다. 9일에 복귀합니다.", "2026-03-09"],
  ["3月4日至6日休假，9日返回办公室。", "2026-03-09"],
  ["3月4日から5日間不在です。3月10日に戻ります。", "2026-03-10"],
  ["令和8年3月13日まで不在です。", "2026-03-14"],
  ["現在休暇中です。3月16日（月）より通常業務に戻ります。", "2026-03-16"],
  ["3月16日(月)から出勤いたします。", "2026-03-16"],
  ["3월 13일까지 휴가입니다.", "2026-03-14"],
  ["我将于3月16日返回办公室", "2026-03-16"],
  ["२०२६-०३-१६ back", "2026-03-16"],
  ["Back on ١٦/٠٣/٢٠٢٦", "2026-03-16"],
  ["Back 16/03/2569", "2026-03-16"],
  ["Március 13-ig szabadságon vagyok, március 16-án térek vissza.", "2026-03-16"],
  ["2026. március 13-ig szabadságon vagyok.", "2026-03-14"],
  ["Puhkusel kuni 13. märtsini.", "2026-03-14"],
  ["Atostogauju iki kovo 13 d., grįšiu kovo 16 d.", "2026-03-16"],
  ["Esmu atvaļinājumā līdz 13. martam.", "2026-03-14"],
  ["Είμαι σε άδεια έως 13 Μαρτίου.", "2026-03-14"],
  ["Я в отпуске с 2 по 13 марта.", "2026-03-14"],
  ["Повернуся 16 березня.", "2026-03-16"],
  ["13 Mart tarihine kadar izindeyim.", "2026-03-14"],
  ["Na godišnjem sam odmoru do 13. listopada.", null],
  ["Bin in KW 11 weg und ab KW 12 wieder da.", "2026-03-16"],
  ["Ich bin bis Freitag im Urlaub.", "2026-03-07"],
  ["Ich bin bis Ende März weg.", "2026-04-01"],
  ["Back in April.", "2026-04-01"],
  ["Away 9 to 13 March and again 20 to 24 March.", "2026-03-25"],
  ["Back in the office on the 18th.", "2026-03-18"],
  ["I'll be back on Wednesday the 18th.", "2026-03-18"],
  ["Out from the 4th to the 12th.", "2026-03-13"],
  ["I am away until the 2nd.", "2026-04-03"],
  ["Our office on the 18th floor is open. I am back on the 20th.", "2026-03-20"],
  ["De vacaciones. Vuelvo el día 20.", "2026-03-20"],
  ["Estou de folga até ao dia 13.", "2026-03-14"],
  ["Bin am 18. wieder da.", "2026-03-18"],
  ["Ich bin bis 13. im Urlaub.", "2026-03-14"],
  ["Je suis absente jusqu'au 13.", "2026-03-14"],
  ["Torno il 18.", "2026-03-18"],
  ["Ik ben de 18e weer terug.", "2026-03-18"],
  ["Jag är tillbaka den 18.", "2026-03-18"],
  ["Jeg er tilbake den 18.", "2026-03-18"],
  ["Вернусь 18-го.", "2026-03-18"],
  ["Я в отпуске до 12 числа.", "2026-03-13"],
  ["Március 4-től 12-ig szabadságon vagyok.", "2026-03-13"],
  ["Bin in KW 11 nicht im Haus.", "2026-03-16"],
  ["Bin in KW 10 und 11 nicht im Haus.", "2026-03-16"],
  ["16 Mart Pazartesi günü ofiste olacağım.", "2026-03-16"],
  ["Március 16-án, hétfőn jövök vissza.", "2026-03-16"],
  ["Urlaub KW 11, 16.03. wieder da.", "2026-03-16"],
  ["uge 11, 16. marts er jeg tilbage", "2026-03-16"],
  ["KW 12, 20.03. letzter Tag", "2026-03-21"],
  ["Ich bin ab dem 10. nächsten Monats wieder da.", "2026-04-10"],
  ["Vuelvo el día 15 del próximo mes.", "2026-04-15"],
  ["Вернусь 15-го числа следующего месяца.", "2026-04-15"],
  ["I am on leave until the 15th of next month.", "2026-04-16"],
  ["I am away until the 4th quarter.", null],
  ["Ich bin bis zum 4. Quartal nicht da.", null],
  ["I am away until the 5th working day after Easter.", null],
  ["I am away until the 10th (April).", "2026-04-11"],
  ["Vuelvo el día 10, en mayo.", "2026-05-10"],
  ["Växeln är öppen 8 till 17.", null],
  ["A munkaidő 8-tól 16-ig tart.", null],
  ["I will be back next month.", null],
  ["Ik ben volgende maand terug.", null],
  ["Urlaub KW 10-12", "2026-03-23"],
  ["Urlaub in KW 10 und 11, ab KW 12 bin ich zurück.", "2026-03-16"],
  ["Jag är på semester vecka 10 och 11. Åter måndag 16 mars.", "2026-03-16"],
  ["I am out of office. Call room 18 on the 4th floor.", null],
  ["Ich bin nicht da. Rufen Sie ab 18.00 Uhr an.", null],
  ["Je suis absent. Appelez le 18.", null],
  ["Office closed. 12.03. 13.03.", "2026-03-14"],
];

test("the day of return is found in many languages and scripts, or none is", () => {
  for (const [note, expected] of CASES)
    assert.equal(returnIn(note, SENT)?.on.toString() ?? null, expected, note);
});

test("a week that is over is next year's, also after a year of 53 weeks", () => {
  const december = { day: Temporal.PlainDate.from("2026-12-14"), monthFirst: false };
  assert.equal(returnIn("Ab KW 2 bin ich wieder da.", december)?.on.toString(), "2027-01-11");
  assert.equal(returnIn("Urlaub bis KW 1.", december)?.on.toString(), "2027-01-11");
});

test("of 4/5 and 5/4 the one that can be meant, then the one the sender's clock suggests", () => {
  assert.equal(returnIn("Back on 04/05/2026.", SENT)?.on.toString(), "2026-05-04");
  assert.equal(returnIn("Back on 04/05/2026.", AMERICAN)?.on.toString(), "2026-04-05");
  assert.equal(returnIn("Back on 03/10/2026.", SENT)?.on.toString(), "2026-03-10", "October is too far off");
  assert.equal(returnIn("Back on 03/16/2026.", SENT)?.on.toString(), "2026-03-16");
  assert.equal(returnIn("Back on 16/03/2026.", AMERICAN)?.on.toString(), "2026-03-16");
});

test("the evidence is what the note says", () => {
  assert.match(
    returnIn("Rückkehr: ich bin bis zum 13.03.2026 außer Haus.", SENT)?.quote ?? "",
    /bis zum 13\.03\.2026$/,
  );
});
