import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { UnsavedBar } from "../../../parts/UnsavedBar.tsx";
import { type Prospect, prospectsQuery, useSetProspects } from "./queries.ts";
import { RecipientRow } from "./RecipientRow.tsx";
import classes from "./Recipients.module.css";
import { isPreset, PRESETS } from "./words.ts";

const MOST = 500;
const NEW: Prospect = { match: {}, does: "reply", after: "PT1H" };

/** What recipients do, one row after the other: the first that fits counts. */
export function Recipients() {
  const { data: saved = [] } = useQuery(prospectsQuery);
  const [draft, setDraft] = useState<readonly Prospect[] | null>(null);
  const save = useSetProspects();
  const rows = draft ?? saved;
  const placed = rows.map((row, n) => ({ row, position: n + 1 }));
  const done = { onSuccess: () => setDraft(null) };
  return (
    <Section
      wide
      title={t("Recipients")}
      note={t("For each email the first row that matches counts. Without one, nothing happens.")}
    >
      {rows.length > 0 && (
        <ol className={classes.rows}>
          {placed.map(({ row, position }) => (
            <RecipientRow
              key={position}
              row={row}
              position={position}
              onChange={(next) => setDraft(rows.with(position - 1, next))}
              onRemove={() => setDraft(rows.toSpliced(position - 1, 1))}
            />
          ))}
        </ol>
      )}
      <div className="row">
        <Button
          variant="default"
          leftSection={<IconPlus size="0.875rem" />}
          disabled={rows.length >= MOST}
          onClick={() => setDraft([...rows, NEW])}
        >
          {t("Add a row")}
        </Button>
        <ChoiceMenu
          label={t("Use a preset")}
          choices={PRESETS}
          isBusy={save.isPending}
          onChoose={(value) => isPreset(value) && save.mutate({ preset: value }, done)}
        />
      </div>
      <Trouble error={draft ? null : save.error} doing="writing" />
      {draft && (
        <UnsavedBar
          says={t("You have unsaved changes.")}
          isBusy={save.isPending}
          error={save.error}
          onDiscard={() => setDraft(null)}
          onSave={() => save.mutate({ prospects: [...draft] }, done)}
        />
      )}
    </Section>
  );
}
