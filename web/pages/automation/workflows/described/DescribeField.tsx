import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../../language/t.ts";
import { useAddress } from "../../../../parts/address.ts";
import classes from "../Gallery.module.css";
import { Understood } from "./Understood.tsx";
import { useDescribing } from "./useDescribing.ts";

/** How the address names a workflow that was described: with the sentence, so that it can be shared and gone back to. */
export const DESCRIBED = "described";

/** A sentence that becomes a workflow. What was understood of it is shown while it is typed. */
export function DescribeField() {
  const [, change] = useAddress();
  const [sentence, setSentence] = useState("");
  const described = useDescribing(sentence !== "")?.describe(sentence);
  const isEmpty = !described || (!described.trigger && described.actions.length === 0);
  return (
    <form
      className={classes.described}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) change({ open: DESCRIBED, about: sentence.trim() });
      }}
    >
      <div className="row" style={{ alignItems: "end" }}>
        <TextInput
          style={{ flex: 1 }}
          label={t("Describe what should happen")}
          placeholder={t("When a contact replies that they want to meet, create a task and notify me")}
          maxLength={500}
          value={sentence}
          onChange={({ currentTarget }) => setSentence(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={isEmpty}>
          {t("Build workflow")}
        </Button>
      </div>
      <div role="status">
        {sentence.trim() === "" ? (
          <p className="soft small">
            {t("Words are matched on this device. You check everything before it is saved.")}
          </p>
        ) : !described ? null : isEmpty ? (
          <p className="soft small">
            {t("Nothing of this was understood yet. Name an event and an action, or choose a template.")}
          </p>
        ) : (
          <Understood described={described} />
        )}
      </div>
    </form>
  );
}
