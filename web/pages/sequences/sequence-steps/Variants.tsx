import { Button, Tooltip } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import type { FullSequence } from "../sequences/queries.ts";
import { changeStep, type DraftStep, letterOf, newMail } from "./draft.ts";
import { sharesOf } from "./pairs.ts";
import type { Drafting } from "./use-draft.ts";
import classes from "./Variants.module.css";

type Props = {
  whole: FullSequence;
  drafting: Drafting;
  step: DraftStep;
  chosen: string;
  onChoose: (key: string) => void;
  mayEdit: boolean;
};

const MOST = 26;

/** The variants side by side: which one is worked on, and how many in a hundred of those it is for get it. */
export function Variants({ drafting, step, chosen, onChoose, mayEdit }: Props) {
  const add = () => {
    const of = step.mails.find(({ key }) => key === chosen) ?? step.mails[0];
    const mail = newMail(of && { ...of, key: newMail().key, id: null });
    drafting.change((draft) => changeStep(draft, step.key, { mails: [...step.mails, mail] }));
    onChoose(mail.key);
  };
  const shares = sharesOf(drafting.draft, drafting.draft.indexOf(step));
  return (
    <div className={classes.variants}>
      {step.mails.length > 1 && (
        <div className={classes.tabs} role="tablist" aria-label={t("Variants")}>
          {step.mails.map((mail, at) => (
            <button
              key={mail.key}
              type="button"
              role="tab"
              aria-selected={mail.key === chosen}
              tabIndex={mail.key === chosen ? 0 : -1}
              className={classes.tab}
              data-off={!mail.isOn || undefined}
              onClick={() => onChoose(mail.key)}
              onKeyDown={(event) => {
                const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                const next = by && step.mails[(at + by + step.mails.length) % step.mails.length];
                if (!next) return;
                onChoose(next.key);
                (
                  event.currentTarget.parentElement?.children[step.mails.indexOf(next)] as HTMLElement
                )?.focus();
              }}
            >
              {letterOf(at)}
              <span className={classes.share}>{mail.isOn ? sayShare(shares[at]) : t("off")}</span>
            </button>
          ))}
        </div>
      )}
      {mayEdit && step.mails.length < MOST && (
        <Tooltip label={t("Add a copy of this text to compare both")}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            ml={step.mails.length > 1 ? 0 : -8}
            leftSection={<IconPlus size="0.75rem" aria-hidden />}
            onClick={add}
          >
            {step.mails.length > 1 ? t("Variant") : t("A/B variant")}
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

function sayShare({ share, of }: Partial<ReturnType<typeof sharesOf>[number]> = {}) {
  return of ? t("{share}% of {of}", { share, of }) : `${share}%`;
}
