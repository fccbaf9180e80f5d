import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page, Section } from "../../../parts/Page.tsx";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import { CreateDialog } from "./CreateDialog.tsx";
import { DESCRIBED, DescribeField } from "./described/DescribeField.tsx";
import { Understood } from "./described/Understood.tsx";
import { useDescribing } from "./described/useDescribing.ts";
import { FromTemplate } from "./FromTemplate.tsx";
import classes from "./Gallery.module.css";
import { kindOf } from "./kinds.ts";
import { prefilled } from "./prefill.ts";
import { allTemplates, searchTemplates } from "./templates/all.ts";
import type { WorkflowTemplate } from "./templates/template.ts";
import { sayTrigger, type Trigger } from "./trigger.ts";

/** The templates, or the chosen one in the editor, filled in but for its blanks. */
export function NewWorkflowPage() {
  const [address] = useAddress();
  const isDescribed = address.open === DESCRIBED && !!address.about;
  const describing = useDescribing(isDescribed);
  if (isDescribed && !describing) return <Page title={t("Create a workflow")}>{null}</Page>;
  if (describing && isDescribed && address.about) {
    const described = describing.describe(address.about);
    const template = describing.templateOf(address.about, described);
    if (template)
      return (
        <FromTemplate key={template.key} template={template} note={<Understood described={described} />} />
      );
  }
  const chosen = allTemplates().find(({ key }) => key === address.open);
  return chosen ? <FromTemplate key={chosen.key} template={prefilled(chosen, address)} /> : <Gallery />;
}

function Gallery() {
  const [address, change] = useAddress();
  const { q = "" } = address;
  const groups = searchTemplates(q);
  return (
    <Page
      title={t("Create a workflow")}
      state={t("Choose a template, or start from scratch.")}
      within={<Link to="/workflows">{t("Workflows")}</Link>}
      action={
        <Button
          variant="default"
          leftSection={<IconPlus size="0.875rem" aria-hidden />}
          onClick={() => change({ do: "create" })}
        >
          {t("Start from scratch")}
        </Button>
      }
    >
      <DescribeField />
      <div className="row">
        <SearchBox
          label={t("Search templates")}
          value={q}
          onChange={(next) => change({ q: next || undefined })}
        />
      </div>
      {groups.length === 0 && (
        <Empty says={t("No templates match.")}>
          <Button variant="default" onClick={() => change({ q: undefined })}>
            {t("Show all")}
          </Button>
        </Empty>
      )}
      {groups.map(({ key, name, templates }) => (
        <Section key={key} title={name} wide>
          <ul className={classes.cards}>
            {templates.map((template) => (
              <li key={template.key}>
                <TemplateCard template={template} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
      {address.do === "create" && <CreateDialog onClose={() => change({ do: undefined })} />}
    </Page>
  );
}

function TemplateCard({ template: { key, name, says, trigger, actions } }: { template: WorkflowTemplate }) {
  return (
    <Link to="/workflows/new" search={{ open: key }} className={classes.card}>
      <span className={classes.name}>{name}</span>
      <span className={classes.says}>{says}</span>
      <span className={classes.does}>
        {trigger.type === "event"
          ? sayTrigger({ type: "event", event: trigger.event } as Trigger)
          : sayTrigger(trigger as Trigger)}
        : {actions.map(({ type }) => kindOf(type).name).join(", ")}
      </span>
    </Link>
  );
}
