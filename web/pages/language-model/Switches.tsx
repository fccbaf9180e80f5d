import { Switch } from "@mantine/core";
import { Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { type Model, type ModelWish, useSaveModel } from "./queries.ts";

/** What it does. Both are off until somebody wants them. */
export function Switches({ model }: { model: Model }) {
  const save = useSaveModel();
  const flip = (wish: ModelWish) => save.mutate(wish);
  return (
    <Section
      title="What it does"
      note="It suggests; nothing is sent and nobody is moved before a person has decided."
    >
      <div className="stack">
        <Switch
          label="Drafts an opener for each whom a copilot proposes"
          checked={model.drafts_openers}
          disabled={save.isPending}
          onChange={(event) => flip({ drafts_openers: event.currentTarget.checked })}
        />
        <Switch
          label="Suggests what replies are, from now on"
          checked={model.suggests_classes}
          disabled={save.isPending}
          onChange={(event) => flip({ suggests_classes: event.currentTarget.checked })}
        />
        <Trouble error={save.error} doing="writing" />
      </div>
    </Section>
  );
}
