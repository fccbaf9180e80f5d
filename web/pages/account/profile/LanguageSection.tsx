import { Select } from "@mantine/core";
import { CHOICES } from "../../../language/languages.ts";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type Language, useMe } from "../../../session.ts";
import { useChangePerson } from "../../settings/people/queries.ts";

const AS_BROWSER = "browser";

/** Saved as soon as it is chosen: the page itself shows what it does. */
export function LanguageSection() {
  const { user } = useMe();
  const save = useChangePerson();
  const choose = (picked: string | null) =>
    save.mutate({ id: user.id, language: picked === AS_BROWSER ? null : (picked as Language) });
  return (
    <Section
      title={t("Language")}
      note={t(
        "Of everything on the screen, in each browser where you sign in. Dates and numbers follow it too.",
      )}
    >
      <Select
        aria-label={t("Language")}
        data={[{ value: AS_BROWSER, label: t("Language of the browser") }, ...CHOICES]}
        value={user.language ?? AS_BROWSER}
        onChange={choose}
        allowDeselect={false}
        disabled={save.isPending}
        maw="20rem"
      />
      <Trouble error={save.error} doing="writing" />
    </Section>
  );
}
