import { TagsInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import classes from "./MailForm.module.css";
import { addressesIn, wrongAddress } from "./words.ts";

type Props = { label: string; emails: string[]; isNew: boolean; onChange: (emails: string[]) => void };

/** Who gets a copy: addresses, typed or pasted. */
export function Copies({ label, emails, isNew, onChange }: Props) {
  const wrong = wrongAddress(emails);
  return (
    <TagsInput
      aria-label={label}
      variant="unstyled"
      classNames={{ root: classes.copies ?? "" }}
      placeholder={emails.length === 0 ? t("Email addresses") : undefined}
      value={emails}
      onChange={(typed) => onChange(addressesIn(typed))}
      splitChars={[",", ";", " "]}
      acceptValueOnBlur
      data-autofocus={isNew || undefined}
      autoFocus={isNew}
      error={wrong === undefined ? undefined : t("{wrong} is not an email address.", { wrong })}
    />
  );
}
