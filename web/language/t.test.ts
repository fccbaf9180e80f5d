import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { dateFormat, numberFormat } from "./formats.ts";
import { choose } from "./languages.ts";
import { perLanguage } from "./per-language.ts";
import { pseudo } from "./pseudo.ts";
import { speak, t } from "./t.ts";

const CONTACTS = "{n, plural, one {# contact} other {# contacts}} will be paused.";

afterEach(() => speak("en", null));

test("a text is shown in English where no catalog has it", () => {
  speak("de", { Save: "Speichern" });
  assert.equal(t("Save"), "Speichern");
  assert.equal(t("Cancel"), "Cancel");
});

test("placeholders are filled, with nothing for null and for booleans", () => {
  assert.equal(t("{name} saved.", { name: "Ines <ines@example.no>" }), "Ines <ines@example.no> saved.");
  assert.equal(t("{name}{email}", { name: null, email: false }), "");
});

test("plurals and thousands follow the language", () => {
  assert.equal(t(CONTACTS, { n: 1 }), "1 contact will be paused.");
  assert.equal(t(CONTACTS, { n: 1005 }), "1,005 contacts will be paused.");
  speak("de", {
    [CONTACTS]: "{n, plural, one {# Kontakt wird} other {# Kontakte werden}} pausiert.",
  });
  assert.equal(t(CONTACTS, { n: 1 }), "1 Kontakt wird pausiert.");
  assert.equal(t(CONTACTS, { n: 1005 }), "1.005 Kontakte werden pausiert.");
});

test("dates and numbers follow the language", () => {
  const day = dateFormat({ day: "numeric", month: "long", timeZone: "UTC" });
  const share = numberFormat({ style: "percent", maximumFractionDigits: 1 });
  const at = new Date("2026-10-04T12:00:00Z");
  assert.deepEqual([day.format(at), share.format(0.125)], ["4 October", "12.5%"]);
  speak("de", {});
  assert.deepEqual([day.format(at), share.format(0.125)], ["4. Oktober", "12,5\u00a0%"]);
});

test("a table of words that was made when its module was loaded follows the language", () => {
  const states = perLanguage(() => ({ active: t("Active"), list: [t("Active")] }));
  const names = perLanguage(() => [t("Active")]);
  speak("de", { Active: "Aktiv" });
  assert.equal(states.active, "Aktiv");
  assert.deepEqual(Object.entries(states), [
    ["active", "Aktiv"],
    ["list", ["Aktiv"]],
  ]);
  assert.ok(Array.isArray(names));
  assert.deepEqual([...names, names.length, "active" in states], ["Aktiv", 1, true]);
});

test("the language is the one a user picked, else the first of the browser's that is offered", () => {
  assert.equal(choose("en", ["de-DE"]), "en");
  assert.equal(choose("xx", ["xx-XX", "en-US"]), "en");
  assert.equal(choose(null, ["pt-BR", "en-GB"]), "en");
  assert.equal(choose(null, ["pt-BR"]), "en");
});

test("the language for tests changes words, and neither names nor syntax", () => {
  assert.equal(pseudo("Save {name}"), "Şȧvḗ {name}~~");
  speak("pseudo", null, pseudo);
  assert.match(t(CONTACTS, { n: 2 }), /^2 ƈǿƞŧȧƈŧş ẇīŀŀ ƀḗ pȧŭşḗḓ\.[~ ]+$/);
});
