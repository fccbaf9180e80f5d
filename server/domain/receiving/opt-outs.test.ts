import assert from "node:assert/strict";
import { test } from "node:test";
import { optOutByPhrase } from "./opt-outs.ts";

const OPT_OUTS = [
  "Unsubscribe me from all future communications",
  "pls take us off your mailing list. thx",
  "I did not sign up for this. Remove.",
  "Ich möchte keine weiteren E-Mails von Ihnen erhalten.",
  "Bitte löschen Sie mich aus Ihrer Datenbank.",
  "Merci de ne plus me contacter.",
  "No me escriban más por favor",
  "Non voglio più ricevere le vostre email",
  "Não me contactem mais",
  "Stuur mij geen mails meer",
  "Vänligen ta bort mig ur registret",
  "Jeg vil ikke ha flere mail fra dere",
  "Vær venlig at slette mig fra jeres liste",
  "Älkää lähettäkö enempää viestejä.",
  "Proszę nie pisać więcej.",
  "Can you unsubscribe me?",
  "Could you please remove me from this list?",
  "STOP",
  "Please, unsubscribe. Thanks!",
  "Don't ever email me again. Never contact me.",
  "Abmelden bitte",
];
const NONE = [
  "Do you have a way to remove me from the rota automatically in your product?",
  "We had a hard stop last year, otherwise I would have loved to.",
  "Our customers can opt out at any time, how does your tool deal with that?",
  "Thanks for the note. Not the right time for us, maybe next year.",
  "We already use a competitor.",
  "Yes please, send details.",
  "Danke, aber wir haben kein Interesse.",
  "Haben Sie Referenzen?",
  "You want to talk to Sven Berg, he runs procurement: sven@norrland.example",
  "I'm no longer in this role, please contact sven@norrland.example",
  "Jag vill inte ha en demo just nu.",
  "Please don't stop.",
  "Stop by our booth in May.",
  "If you want to unsubscribe from our newsletter, click here.",
  "Could you cancel the meeting on Tuesday and suggest another?",
  "We remove me-too products from our range.",
  "Wenn Sie keine weiteren E-Mails wünschen, antworten Sie hier.",
];

test("a request for no more mail is one in any of twelve languages", () => {
  for (const text of OPT_OUTS) assert.ok(optOutByPhrase(text, null), text);
});

test("the same words in a question, a condition or a sentence about something else are none", () => {
  for (const text of NONE) assert.equal(optOutByPhrase(text, null), null, text);
});

test("a subject counts where it is their own", () => {
  assert.equal(optOutByPhrase("", "Unsubscribe")?.rule, "the subject");
  assert.equal(optOutByPhrase("", null), null);
  assert.equal(optOutByPhrase("I would like to know more about what you do in Umeå.", "unsubscribe"), null);
});
