import { Select } from "@mantine/core";
import { type Draft, type DraftMail, letterOf } from "./draft.ts";
import { choicesFor, placeBefore } from "./pairs.ts";

type Props = {
  draft: Draft;
  index: number;
  mail: DraftMail;
  mayEdit: boolean;
  onChange: (goesWith: string | null) => void;
};

const ELSE = "everybody";
const LOST = "For whoever got a mail that is not before it";

/** Whom a variant is for: whoever got a variant of an earlier mail, or everybody else. */
export function Pairing({ draft, index, mail, mayEdit, onChange }: Props) {
  const choices = choicesFor(draft, index, mail);
  const mails = draft[index]?.mails ?? [];
  if ((choices.length === 0 && !mail.goesWith) || (mails.length === 1 && !mail.goesWith)) return null;
  const place = placeBefore(draft, index, mail.goesWith);
  const lost = mail.goesWith && !place ? [{ value: mail.goesWith, label: LOST }] : [];
  const isAnyPaired = mails.some(({ goesWith }) => placeBefore(draft, index, goesWith));
  return (
    <Select
      w="100%"
      maw={320}
      label={`Whom variant ${letterOf(mails.indexOf(mail))} is for`}
      description={
        isAnyPaired ? "Where nothing here is for somebody, they get any of the variants" : undefined
      }
      data={[
        { value: ELSE, label: isAnyPaired ? "For everybody else" : "For everybody" },
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
