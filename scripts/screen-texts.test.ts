import assert from "node:assert/strict";
import { test } from "node:test";
import { wrongTranslations } from "./catalogs.ts";
import { readScreenTexts, textsOf } from "./screen-texts.ts";
import { wrongIn } from "./translation-faults.ts";

const page = (lines: string) => `export function Page({ n, name }) {\n  return (\n${lines}\n  );\n}\n`;
const whyOf = (content: string, path = "web/parts/Page.tsx") =>
  textsOf(path, content).violations.map(({ line, why }) => `${line} ${why}`);

test("words between tags, in attributes and in conditions belong in the catalogs", () => {
  const found = whyOf(
    page(`    <Section title="Contacts" note={n ? "none" : t("One")} className="soft row">
      Nothing here {name}
      <code>typed_custom_fields</code> {t("Save")}
    </Section>`),
  );
  assert.deepEqual(
    found.map((one) => one.replace(/ is outside.*/, "")),
    ['3 "Contacts"', '3 "none"', '3 "Nothing here"'],
  );
});

test("codes, addresses and styles are no texts", () => {
  const content = page(`    <Link to="/contacts/$id" style={{ width: "min(20rem, 90vw)" }} type="submit">
      {n === "Some words" ? <b data-x="Two words">{api("in_progress")}</b> : null}
    </Link>`);
  assert.deepEqual(whyOf(content), []);
});

test("a text outside the catalogs needs a reason beside it", () => {
  assert.equal(whyOf('const NAME = "First team";', "web/a.ts").length, 1);
  assert.deepEqual(
    whyOf('// texts: not translated, the server gives it\nconst NAME = "First team";', "web/a.ts"),
    [],
  );
});

test("a text is written out, gets the values it asks for, and is not looked up at import", () => {
  assert.match(whyOf("const say = () => t(`a ${b}`);", "web/a.ts")[0] ?? "", /write the text out/);
  assert.match(whyOf('const say = () => t("{name} saved", {});', "web/a.ts")[0] ?? "", /asks for \{name\}/);
  assert.match(whyOf('const say = () => t("Saved", { name });', "web/a.ts")[0] ?? "", /does not use name/);
  assert.match(whyOf('const SAVED = t("Saved");', "web/a.ts")[0] ?? "", /when the module is loaded/);
  assert.deepEqual(whyOf('const SAVED = perLanguage(() => [t("Saved")]);', "web/a.ts"), []);
  const rich = page('    <Trans text="See <link>{name}</link>" values={{ name }} tags={{ link: <a /> }} />');
  assert.deepEqual(whyOf(rich), []);
  assert.match(whyOf(rich.replace("values={{ name }}", "")).join(), /asks for \{name\}/);
});

test("a translation has the same placeholders, only plural forms of its language, and is not empty", () => {
  const plural = "{n, plural, one {# contact} other {# contacts}} of {name}";
  assert.equal(wrongIn(plural, "{n, plural, one {# Kontakt} other {# Kontakte}} von {name}", "de"), null);
  assert.match(
    wrongIn(plural, "{n, plural, one {# Kontakt} other {# Kontakte}}", "de") ?? "",
    /placeholders/,
  );
  assert.match(wrongIn(plural, "{n, plural, few {#} other {#}} {name}", "de") ?? "", /no plural form "few"/);
  assert.match(wrongIn(plural, "{n, plural, one {#}} {name}", "de") ?? "", /no ICU message/);
  const choice = "{isMail, select, yes {The email} other {The task}} waits";
  assert.equal(wrongIn(choice, "{isMail, select, yes {Die E-Mail} other {Die Aufgabe}} wartet", "de"), null);
  assert.match(
    wrongIn(choice, "{isMail, select, ja {Die E-Mail} other {Die Aufgabe}} wartet", "de") ?? "",
    /isMail yes missing, and isMail ja not in the English text/,
  );
  assert.match(wrongIn("See <b>this</b>", "Siehe dies", "de") ?? "", /placeholders/);
  assert.match(wrongIn("Save", " ", "de") ?? "", /empty/);
});

test("the screen has its texts in the catalogs, and no translation is wrong", () => {
  const { texts, violations } = readScreenTexts();
  assert.deepEqual([...violations, ...wrongTranslations()], []);
  assert.ok(texts.size > 3000, `${texts.size} texts were found`);
});
