// The specimens of incoming mail, the facts they were written for, and what each must be understood as.

import { readdirSync, readFileSync } from "node:fs";
import { classify } from "../domain/receiving/inbound.ts";
import type { InboundFacts } from "../domain/receiving/inbound-facts.ts";
import type { InboundVerdict } from "../domain/receiving/inbound-verdict.ts";
import type { IncomingMail } from "../domain/receiving/incoming-mail.ts";
import { readMessage } from "../mail/read-message.ts";

const FOLDER = new URL("../mail/specimens/", import.meta.url);

/** Twelve people who were mailed on the morning of the third of March, each in their language. */
const MAILED: [language: string, to: string, messageId: string, subject: string, opening: string][] = [
  [
    "en",
    "ines.okafor@norrland.example",
    "<01en.7f3a9c@fjordlys.example>",
    "Question about Norrland's second plant",
    "Hi Ines, I saw that Norrland is opening a second plant in May.",
  ],
  [
    "de",
    "jonas.weber@weberwerk.example",
    "<02de.7f3a9c@fjordlys.example>",
    "Kurze Frage zu Weberwerk",
    "Hallo Herr Weber, ich habe gesehen, dass Weberwerk wächst.",
  ],
  [
    "fr",
    "claire.martin@atelier-nord.example",
    "<03fr.7f3a9c@fjordlys.example>",
    "Une question sur l'Atelier Nord",
    "Bonjour Claire, j'ai vu que l'Atelier Nord recrute à Lyon.",
  ],
  [
    "es",
    "lucia.gomez@soleado.example",
    "<04es.7f3a9c@fjordlys.example>",
    "Una pregunta sobre Soleado",
    "Hola Lucía, he visto que Soleado abre una planta nueva.",
  ],
  [
    "it",
    "marco.rossi@officina.example",
    "<05it.7f3a9c@fjordlys.example>",
    "Una domanda su Officina",
    "Buongiorno Marco, ho visto che Officina cresce in fretta.",
  ],
  [
    "pt",
    "joana.silva@lusitano.example",
    "<06pt.7f3a9c@fjordlys.example>",
    "Uma pergunta sobre a Lusitano",
    "Olá Joana, vi que a Lusitano abriu um armazém novo.",
  ],
  [
    "nl",
    "pieter.devries@molenaar.example",
    "<07nl.7f3a9c@fjordlys.example>",
    "Een vraag over Molenaar",
    "Hallo Pieter, ik zag dat Molenaar een nieuw magazijn opent.",
  ],
  [
    "sv",
    "astrid.lind@lindberg.example",
    "<08sv.7f3a9c@fjordlys.example>",
    "En fråga om Lindberg",
    "Hej Astrid, jag såg att Lindberg öppnar i Umeå.",
  ],
  [
    "no",
    "kari.nilsen@fjellbygg.example",
    "<09no.7f3a9c@fjordlys.example>",
    "Et spørsmål om Fjellbygg",
    "Hei Kari, jeg så at Fjellbygg bygger nytt i Tromsø.",
  ],
  [
    "da",
    "mads.holm@havnen.example",
    "<10da.7f3a9c@fjordlys.example>",
    "Et spørgsmål om Havnen",
    "Hej Mads, jeg så at Havnen udvider i Aarhus.",
  ],
  [
    "fi",
    "aino.virtanen@jarvi.example",
    "<11fi.7f3a9c@fjordlys.example>",
    "Kysymys Järvestä",
    "Hei Aino, huomasin että Järvi laajenee Tampereelle.",
  ],
  [
    "pl",
    "piotr.nowak@wisla.example",
    "<12pl.7f3a9c@fjordlys.example>",
    "Pytanie o Wisłę",
    "Dzień dobry, widziałem, że Wisła otwiera nowy magazyn.",
  ],
];

export const FACTS: InboundFacts = {
  folder: "inbox",
  ownAddresses: new Set(["ole@fjordlys.example", "ole.dahl@fjordlys.example", "anna@fjordlys.example"]),
  threadId: null,
  receivedAt: Temporal.Instant.from("2026-03-03T09:12:30Z"),
  sent: MAILED.map(([language, to, messageId, subject, opening]) => ({
    id: `sent-${language}`,
    contactId: `contact-${language}`,
    messageId,
    to,
    subject,
    opening,
    token: `k3y0000${language}`,
    threadId: null,
  })),
  contacts: MAILED.map(([language, to]) => ({ id: `contact-${language}`, emails: [to] })),
};

type Specimen = { name: string; raw: Buffer; expected: string };

export function specimens(): Specimen[] {
  const expected = new Map(
    readFileSync(new URL("expected.txt", FOLDER), "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.split(/\s+/, 1)[0] ?? "", line.slice(line.indexOf(" ")).trim()]),
  );
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith(".eml"))
    .map((file) => file.slice(0, -4));
  const all = [...new Set([...names, ...expected.keys()])].sort();
  return all.map((name) => ({
    name,
    expected: expected.get(name) ?? "(not in expected.txt)",
    raw: readFileSync(new URL(`${name}.eml`, FOLDER)),
  }));
}

export async function understood(raw: Buffer): Promise<{ mail: IncomingMail; verdict: InboundVerdict }> {
  const mail = await readMessage(raw);
  return { mail, verdict: classify(mail, FACTS) };
}

/** A verdict as a line of expected.txt: everything it says but the evidence. */
export function specimenLine(mail: IncomingMail, verdict: InboundVerdict): string {
  const { kind, certainty, about, replyClass, returnsOn, bounce, named } = verdict;
  const hasFault = mail.unreadable !== null && kind !== "unreadable";
  const words = [
    kind,
    certainty === "probable" && "probable",
    about && kind !== "own" && `by=${about.by}`,
    bounce && [bounce.class, bounce.code, `to=${bounce.recipient}`].filter((one) => one !== null).join(" "),
    replyClass && `class=${replyClass}`,
    returnsOn && `returns=${returnsOn}`,
    named.length > 0 && `named=${named.join(",")}`,
    mail.attachments.length > 0 && `attachments=${mail.attachments.length}`,
    hasFault && "unreadable",
  ];
  return words.filter((word) => typeof word === "string").join(" ");
}
