import assert from "node:assert/strict";
import { test } from "node:test";
import { optOutByPhrase, optOutIn } from "./opt-outs.ts";
import { wantsMore } from "./opt-outs-denied.ts";
import { readingOf } from "./reading/reader.ts";

const heardIn = (fresh: string) => optOutIn({ fresh, reading: readingOf(fresh) }, null);
const WISH = "Kindly exclude our company from your future mailings.";

test("a wish that no list of phrases holds is acted upon", () => {
  assert.equal(optOutByPhrase(WISH, null), null);
  assert.equal(heardIn(WISH)?.isSure, true);
});

test("who wants no more mail and is interested in another sentence is asked about", () => {
  const found = heardIn(`${WISH} We are interested in a demo, call me on Monday.`);
  assert.equal(found?.isSure, false);
});

test("a question is acted upon where the reader is surer still", () => {
  assert.equal(heardIn("Could you please stop sending us such mails?")?.isSure, true);
  assert.notEqual(heardIn("Can you remove the second line from the offer?")?.isSure, true);
});

test("a phrase in which the reader hears no wish is asked about", () => {
  const text = "Could you take us off loudspeaker in the next meeting?";
  assert.notEqual(optOutByPhrase(text, null), null);
  assert.notEqual(heardIn(text)?.isSure, true);
});

test("what is taken off hold or out of an offer is no wish", () => {
  for (const text of ["Take us off hold, the contract is signed.", "Proszę usunąć logo ze strony trzeciej."])
    assert.equal(optOutByPhrase(text, null), null, text);
});

test("a lone word is a wish where it is a phrase, and no reason to ask where it is none", () => {
  assert.equal(heardIn("Sounds good, call me tomorrow.\nmore"), null);
  assert.equal(heardIn("Stop")?.isSure, true);
});

test("who would never unsubscribe, or wants no end of mails, is not acted upon as if they did", () => {
  for (const text of [
    "I would never unsubscribe from your letters.",
    "Von Ihrem Newsletter würde ich mich nie abmelden.",
    "Je ne veux jamais me désabonner de vos lettres.",
    "Please don't stop mailing me.",
    "Non smetta di scriverci, siamo solo di corsa.",
    "Hören Sie bitte nicht auf, mir zu schreiben.",
    "Не переставайте мне писать.",
  ])
    assert.notEqual(heardIn(text)?.isSure, true, text);
  for (const text of [
    "I never subscribed. Unsubscribe me.",
    "If you don't stop mailing me I will report you.",
  ])
    assert.equal(wantsMore(text), false, text);
});
