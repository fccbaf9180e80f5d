import { Select } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { type DraftMail, letterOf, type StepsDraft } from "./draft.ts";
import { choicesFor, placeBefore } from "./pairs.ts";

type Props = {
  draft: StepsDraft;
  index: number;
  mail: DraftMail;
  mayEdit: boolean;
  onChange: (goesWith: string | null) => void;
};

const ELSE = "everybody";
const sayLost = () => t("For contacts who got an email that is not before this one");

/** The contacts a variant is for: those who got a certain variant of an earlier mail, or everybody else. */
export function Pairing({ draft, index, mail, mayEdit, onChange }: Props) {
  const choices = choicesFor(draft, index, mail);
  const mails = draft[index]?.mails ?? [];
  if ((choices.length === 0 && !mail.goesWith) || (mails.length === 1 && !mail.goesWith)) return null;
  const place = placeBefore(draft, index, mail.goesWith);
  const lost = mail.goesWith && !place ? [{ value: mail.goesWith, label: sayLost() }] : [];
  const isAnyPaired = mails.some(({ goesWith }) => placeBefore(draft, index, goesWith));
  return (
    <Select
      w="100%"
      maw={320}
      label={t("Contacts for variant {letterOf}", { letterOf: letterOf(mails.indexOf(mail)) })}
      description={isAnyPaired ? t("Contacts without a matching variant get any of them") : undefined}
      data={[
        { value: ELSE, label: isAnyPaired ? t("For all other contacts") : t("For all contacts") },
        ...choices,
        ...lost,
      ]}
      value={mail.goesWith ?? ELSE}
      allowDeselect={false}
      disabled={!mayEdit}
      onChange={(value) => onChange(value === ELSE ? null : value)}
    />
  );
}
