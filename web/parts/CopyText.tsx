import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { perLanguage } from "../language/per-language.ts";
import { t } from "../language/t.ts";
import classes from "./CopyText.module.css";
import { copyText } from "./copy.ts";

/** Copies, and says for two seconds that it did. */
function useCopy(text: string) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const copy = async () => {
    setOutcome((await copyText(text)) ? "copied" : "failed");
    timer.current = window.setTimeout(() => setOutcome(null), 2000);
  };
  return { outcome, copy: () => void copy() };
}

const SAYS = perLanguage(() => ({
  copied: t("Copied"),
  failed: t("Not copied. Select the text and copy it."),
}));

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { outcome, copy } = useCopy(text);
  return (
    <Tooltip label={outcome ? SAYS[outcome] : label} opened={outcome ? true : undefined}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        onClick={copy}
        aria-label={label}
        className={classes.icon}
      >
        {outcome === "copied" ? <IconCheck size="0.875rem" /> : <IconCopy size="0.875rem" />}
      </ActionIcon>
    </Tooltip>
  );
}

type Props = { text: string; label: string; wraps?: boolean };

/** Something to take along: the text itself, selectable, and a button that copies it. */
export function CopyText({ text, label, wraps = false }: Props) {
  const { outcome, copy } = useCopy(text);
  return (
    <div className={classes.box}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section className={classes.text} data-wraps={wraps || undefined} tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
      <Button
        variant="default"
        className={classes.button}
        onClick={copy}
        leftSection={outcome === "copied" ? <IconCheck size="0.875rem" /> : <IconCopy size="0.875rem" />}
        aria-label={t("Copy {label}", { label })}
      >
        {outcome === "copied" ? t("Copied") : t("Copy")}
      </Button>
      <span className={classes.said} role="status">
        {outcome ? SAYS[outcome] : ""}
      </span>
    </div>
  );
}
