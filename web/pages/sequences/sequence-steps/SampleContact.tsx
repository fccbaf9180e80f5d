import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { placeOf } from "../../../parts/told.ts";
import { api } from "../../../session.ts";
import classes from "./SampleContact.module.css";
import type { Rehearsal } from "./Storyboard.tsx";

type Props = {
  rehearsal: Rehearsal | undefined;
  /** What is said of the dates stands elsewhere. */
  isShort?: boolean;
  onChange: (contactId: string | undefined) => void;
};

/** For whom dates are told and mails are filled. */
export function SampleContact({ rehearsal, isShort = false, onChange }: Props) {
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words, 200);
  const found = useQuery({
    queryKey: ["contacts", "sample", asked],
    queryFn: ({ signal }) => api.contacts.search({ q_keywords: asked, per_page: 10 }, { signal }),
    placeholderData: keepPreviousData,
  });
  const chosen = rehearsal?.contact;
  const people = new Map(
    found.data?.contacts.map(({ id, name, email }) => [id, [name, email].filter(Boolean).join(" · ")]),
  );
  if (chosen?.id) people.set(chosen.id, chosen.name);
  return (
    <div className={classes.sample}>
      <label htmlFor="sample-contact">{t("Preview for")}</label>
      <Select
        id="sample-contact"
        searchable
        value={chosen?.id ?? null}
        placeholder={chosen && !chosen.id ? `${chosen.name} (example)` : t("Choose a contact")}
        data={[...people].map(([value, label]) => ({ value, label: label || t("Unnamed contact") }))}
        filter={({ options }) => options}
        nothingFoundMessage={t("No contact found.")}
        onSearchChange={(text) => setWords(text === chosen?.name ? "" : text)}
        onChange={(id) => id && onChange(id)}
        classNames={{ root: classes.field }}
      />
      {rehearsal && !isShort && (
        <span className="soft">
          {t("if added now, in the time zone {time_zone}", { time_zone: placeOf(rehearsal.time_zone) })}
        </span>
      )}
    </div>
  );
}
