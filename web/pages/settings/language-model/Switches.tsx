import { Switch } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type Model, type ModelWish, useSaveModel } from "./queries.ts";

/** What the model is used for. Both are off until an admin switches them on. */
export function Switches({ model }: { model: Model }) {
  const save = useSaveModel();
  const flip = (wish: ModelWish) => save.mutate(wish);
  return (
    <Section
      title={t("Features")}
      note={t("The model only suggests. Nothing is sent or changed until a user decides.")}
    >
      <div className="stack">
        <Switch
          label={t("Draft an opener for each contact that a copilot proposes")}
          checked={model.drafts_openers}
          disabled={save.isPending}
          onChange={(event) => flip({ drafts_openers: event.currentTarget.checked })}
        />
        <Switch
          label={t("Suggest the type of each new reply")}
          checked={model.suggests_classes}
          disabled={save.isPending}
          onChange={(event) => flip({ suggests_classes: event.currentTarget.checked })}
        />
        <Trouble error={save.error} doing="writing" />
      </div>
    </Section>
  );
}
