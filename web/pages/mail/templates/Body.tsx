import { Button, Textarea } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { isPlainEnough } from "../../../parts/mail/plain-enough.ts";
import classes from "./Body.module.css";
import { TemplateMenu } from "./TemplateMenu.tsx";
import { VariablePicker } from "./VariablePicker.tsx";

const RichText = lazy(() => import("../../../parts/mail/RichText.tsx"));

type Props = {
  html: string;
  label: string;
  isReadOnly: boolean;
  hasVariables: boolean;
  /** Names of variables that nothing fills. */
  unknown?: readonly string[] | undefined;
  onChange: (html: string) => void;
  /** A template's, where the email has none. */
  onSubject?: ((subject: string) => void) | undefined;
};

/** A text with the editor, or as HTML where it says more than the editor can show. */
export function Body({ html, label, isReadOnly, hasVariables, unknown, onChange, onSubject }: Props) {
  const [isSource, setIsSource] = useState(() => !isPlainEnough(html));
  if (isSource)
    return (
      <Source
        html={html}
        label={label}
        isReadOnly={isReadOnly}
        onChange={onChange}
        onLeave={() => setIsSource(false)}
      />
    );
  return (
    <Suspense fallback={<div className={classes.waiting} />}>
      <RichText
        html={html}
        label={label}
        isReadOnly={isReadOnly}
        {...(unknown && { unknown })}
        onChange={onChange}
        tools={({ insert, insertHtml, resume, slashes, isAsked }) => (
          <span className={classes.tools}>
            <TemplateMenu
              slashes={slashes}
              isAsked={isAsked}
              onResume={resume}
              onPick={(template) => {
                if (template.subject) onSubject?.(template.subject);
                insertHtml(template.body_html ?? "");
              }}
            />
            {hasVariables && <VariablePicker into={t("the text")} onPick={insert} />}
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setIsSource(true)}>
              {t("HTML")}
            </Button>
          </span>
        )}
      />
    </Suspense>
  );
}

type SourceProps = Omit<Props, "hasVariables" | "unknown" | "onSubject"> & { onLeave: () => void };

function Source({ html, label, isReadOnly, onChange, onLeave }: SourceProps) {
  const isSimple = isPlainEnough(html);
  return (
    <div>
      <Textarea
        aria-label={t("{label}, as HTML", { label })}
        value={html}
        readOnly={isReadOnly}
        autosize
        minRows={8}
        maxRows={24}
        classNames={{ input: classes.source }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes.below}>
        <p className="soft small">
          {isSimple
            ? t("Editing as HTML. Scripts and styles that load other files are removed when you save.")
            : t("Shown as HTML, because the editor would lose its tables, pictures or styles.")}
        </p>
        {isSimple && !isReadOnly && (
          <Button variant="subtle" size="compact-sm" onClick={onLeave}>
            {t("Back to the editor")}
          </Button>
        )}
      </div>
    </div>
  );
}
