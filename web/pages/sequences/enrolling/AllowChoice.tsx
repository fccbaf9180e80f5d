import { Checkbox } from "@mantine/core";
import { t } from "../../../language/t.ts";
import classes from "./AddContactsDialog.module.css";
import { type AllowFlag, FLAGS } from "./wish.ts";
import { FLAG_WORDS } from "./words.ts";

type Props = {
  value: readonly AllowFlag[];
  onChange: (waived: AllowFlag[]) => void;
  /** Where the user sees how many are skipped. */
  description: string;
};

/** Which contacts are added although they are skipped by default. */
export function AllowChoice({ value, onChange, description }: Props) {
  return (
    <Checkbox.Group
      label={t("Also add")}
      description={description}
      inputWrapperOrder={["label", "description", "input"]}
      value={[...value]}
      onChange={(waived) => onChange(waived as AllowFlag[])}
    >
      <div className={classes.flags} style={{ marginTop: 10 }}>
        {FLAGS.map((flag) => (
          <Checkbox
            key={flag}
            value={flag}
            label={FLAG_WORDS[flag].says}
            description={FLAG_WORDS[flag].but}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
