import { UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import classes from "./WhyPanel.module.css";

const AsItStood = lazy(async () => ({
  default: (await import("../as-it-stood/AsItStood.tsx")).AsItStood,
}));

type Props = { type: "contact" | "enrollment" | "mailbox"; id: string };

/** The same question about another moment; asked only when the viewer opens it. */
export function Then({ type, id }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section aria-labelledby="why-then">
      <h3 id="why-then" className={classes.heading}>
        {t("At a past time")}
      </h3>
      {isOpen ? (
        <Suspense>
          <AsItStood type={type} id={id} />
        </Suspense>
      ) : (
        <UnstyledButton className={classes.more} onClick={() => setIsOpen(true)}>
          {t("Show a past state")}
        </UnstyledButton>
      )}
    </section>
  );
}
