import assert from "node:assert/strict";
import { test } from "node:test";
import { writtenIn } from "./quoted-text.ts";

const ATTRIBUTIONS = [
  "On Tue, Mar 3, 2026 at 9:00 AM Ole Dahl <ole@fjordlys.example> wrote:",
  "On 3 Mar 2026, at 09:00, Ole Dahl <ole@fjordlys.example> wrote:",
  "Ole Dahl <ole@fjordlys.example> wrote:",
  "Am Di., 3. März 2026 um 09:00 Uhr schrieb Ole Dahl <ole@fjordlys.example>:",
  "Am 03.03.2026 um 09:00 schrieb Ole Dahl:",
  "Le 3 mars 2026 à 09:00, Ole Dahl <ole@fjordlys.example> a écrit :",
  "El 3 mar 2026, a las 09:00, Ole Dahl escribió:",
  "Il giorno 3 mar 2026, alle ore 09:00, Ole Dahl ha scritto:",
  "Em 3 de mar. de 2026, à(s) 09:00, Ole Dahl escreveu:",
  "Op 3 mrt. 2026 om 09:00 heeft Ole Dahl het volgende geschreven:",
  "3 mars 2026 kl. 09:00 skrev Ole Dahl <ole@fjordlys.example>:",
  "tir. 3. mars 2026 kl. 09:00 skrev Ole Dahl:",
  "Den 3. mar. 2026 kl. 09.00 skrev Ole Dahl:",
  "Ole Dahl <ole@fjordlys.example> kirjoitti 3.3.2026 kello 9.00:",
  "Wiadomość napisana przez Ole Dahl w dniu 3 mar 2026, o godz. 09:00:",
  "wt., 3 mar 2026 o 09:00 Ole Dahl <ole@fjordlys.example> napisał(a):",
  "W dniu 3.03.2026 o 09:00, Ole Dahl pisze:",
  "---- On Wed, 24 Feb 2021 14:02:50 +0530 ole@fjordlys.example wrote ----",
  "On Wed, 14 Nov 2018 08:14:43 -0200 Ole Dahl <ole@fjordlys.example> wrote",
  "-----Original Message-----",
  "-----Ursprüngliche Nachricht-----",
  "-------- Message d'origine --------",
  "---------- Forwarded message ---------",
  "From: Ole Dahl\nSent: Tuesday\nTo: Ines\nSubject: x",
  "Von: Ole Dahl\nGesendet: Dienstag\nAn: Ines\nBetreff: x",
  "De : Ole Dahl\nEnvoyé : mardi\nÀ : Ines\nObjet : x",
  "Da: Ole Dahl\nInviato: martedì\nA: Ines\nOggetto: x",
  "Van: Ole Dahl\nVerzonden: dinsdag\nAan: Ines\nOnderwerp: x",
  "Från: Ole Dahl\nSkickat: den 3 mars\nTill: Ines\nÄmne: x",
  "Lähettäjä: Ole Dahl\nLähetetty: tiistai\nVastaanottaja: Ines\nAihe: x",
  "Od: Ole Dahl\nWysłano: wtorek\nDo: Ines\nTemat: x",
];

test("what mail programs put above a quotation ends what was written", () => {
  for (const attribution of ATTRIBUTIONS) {
    const { fresh, quoted } = writtenIn(`Yes.\n\n${attribution}\n\nunsubscribe`);
    assert.equal(fresh, "Yes.", attribution);
    assert.match(quoted, /unsubscribe/);
  }
});

test("what stands directly above such an introduction is not a part of it", () => {
  for (const attribution of ATTRIBUTIONS)
    for (const above of [
      "Please stop.",
      "Nein danke",
      "Ring 555 12 34 56.\nIkke flere",
      "Write to ole@example.com,\nnot to me",
    ])
      assert.equal(writtenIn(`${above}\n${attribution}\n\nunsubscribe`).fresh, above, attribution);
});

const SIGNED: [text: string, fresh: string][] = [
  ["Yes.\n\n-- \nInes\nStop by: Main Street 1", "Yes."],
  ["Yes.\n\nBest regards,\nInes Okafor\nNorrland", "Yes."],
  ["Ja.\n\nMit freundlichen Grüßen\nJonas Weber", "Ja."],
  ["Oui.\n\nCordialement,\nClaire", "Oui."],
  ["Yes.\n\nSent from my iPhone", "Yes."],
  ["Ja.\n\nVon meinem iPhone gesendet", "Ja."],
  ["Yes.\n\nGet Outlook for iOS", "Yes."],
  ["Yes.\n\n__\nriak-users mailing list\nriak-users@lists.example", "Yes."],
  ["Yes.\n\nSent from a magnificent torch of pixels", "Yes."],
  ["Please stop.\nOn Tue, 3 Mar 2026 at 09:00, Ole Dahl wrote:\n> Hello", "Please stop."],
  [
    "Stop.\nCall 12345 for more.\nOn 3 Mar 2026, Ole <ole@fjordlys.example> wrote:\nHello",
    "Stop.\nCall 12345 for more.",
  ],
  ["Bitte nicht mehr.\nAm 03.03.2026 um 09:00 schrieb Ole Dahl:\n> Hallo", "Bitte nicht mehr."],
  ["Stopp.\nOle Dahl <ole@fjordlys.example> skrev:\n> Hei", "Stopp."],
  ["Yes.\n\nOn Tue, Mar 3, 2026 at 9:00 AM Ole Dahl\n<ole@fjordlys.example> wrote:\nHello", "Yes."],
  [
    "On 5 May I told you to stop.\nOn Tue, 3 Mar 2026 at 09:00, Ole Dahl wrote:\nHello",
    "On 5 May I told you to stop.",
  ],
  [
    "Am 3. habe ich abgesagt, bitte löschen\nAm 03.03.2026 um 09:00 schrieb Ole Dahl:\nHallo",
    "Am 3. habe ich abgesagt, bitte löschen",
  ],
  [
    "As I said on 3.3.2026 at 10:00, remove me.\nOle Dahl <ole@fjordlys.example> wrote:\nHi",
    "As I said on 3.3.2026 at 10:00, remove me.",
  ],
  [
    "I asked you at 9:00 to stop mailing ines@x.example as I already wrote",
    "I asked you at 9:00 to stop mailing ines@x.example as I already wrote",
  ],
  ["See what\nOn Monday at 9:00 Ines wrote", "See what\nOn Monday at 9:00 Ines wrote"],
  [
    "They are\nSent from a warehouse in Bergen\nby truck.",
    "They are\nSent from a warehouse in Bergen\nby truck.",
  ],
  ["Thanks,\nwhen can you start?", "Thanks,\nwhen can you start?"],
  ["> Can you?\nYes.\n> When?\nIn May.", "Yes.\nIn May."],
  ["On Tue, Ole Dahl wrote:\n> Can you?\nYes.", "Yes."],
  ["From: a person you met\n\nNo header.", "From: a person you met\n\nNo header."],
  ["I wrote:\nnothing", "I wrote:\nnothing"],
  ["", ""],
];

test("signatures and marked lines are not the contact's own words", () => {
  for (const [text, fresh] of SIGNED) assert.equal(writtenIn(text).fresh, fresh, text);
});

const COMMENTS: [system: string, text: string][] = [
  [
    "Zendesk",
    "##- Please type your reply above this line -##\n\nKim Osei (Norrland), Mar 3, 2026, 10:20 GMT\n\nWhat does it cost?\n\nOle Dahl, Mar 2, 2026, 09:12 GMT\n\nunsubscribe",
  ],
  [
    "ServiceNow",
    "A comment was added to INC0012345.\n---\nComments:\n03-03-2026 10:20:11 GMT - Kim Osei Additional comments\nWhat does it cost?\n\n02-03-2026 09:12:40 GMT - Ole Dahl Additional comments\nunsubscribe",
  ],
];

test("of the comments of a ticket only the new one is read, without the line that names its author", () => {
  for (const [system, text] of COMMENTS) assert.equal(writtenIn(text).fresh, "What does it cost?", system);
});

test("a form of address with a colon is no field of the header block below it", () => {
  const text =
    "Estimada Mara: no vuelva a escribirnos.\n\nDe: Ole Dahl <ole@fjordlys.example>\nEnviado: martes, 3 de marzo de 2026 9:12\nPara: Ines\nAsunto: x\n\nunsubscribe";
  assert.equal(writtenIn(text).fresh, "Estimada Mara: no vuelva a escribirnos.");
});

test("a place and a day in a letter begin no quotation", () => {
  const letter = "Dear Ole\n\nMalmö, 03.03.2026 10:00\n\nPlease write to us no more.";
  assert.match(writtenIn(letter).fresh, /no more/);
});
