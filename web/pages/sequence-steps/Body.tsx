import { Button, Textarea } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { isPlainEnough } from "../../parts/mail/plain-enough.ts";
import classes from "./Body.module.css";
import { VariablePicker } from "./VariablePicker.tsx";

const RichText = lazy(() => import("../../parts/mail/RichText.tsx"));

type Props = {
  html: string;
  label: string;
  isReadOnly: boolean;
  hasVariables: boolean;
  onChange: (html: string) => void;
};

/** A text with the editor, or as HTML where it says more than the editor can show. */
export function Body({ html, label, isReadOnly, hasVariables, onChange }: Props) {
  const [isSource, setIsSource] = useState(() => !isPlainEnough(html));
  if (isSource)
    return <Source {...{ html, label, isReadOnly, onChange }} onLeave={() => setIsSource(false)} />;
  return (
    <Suspense fallback={<div className={classes.waiting} />}>
      <RichText
        html={html}
        label={label}
        isReadOnly={isReadOnly}
        onChange={onChange}
        tools={(insert) => (
          <span className={classes.tools}>
            {hasVariables && <VariablePicker into="the text" onPick={insert} />}
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setIsSource(true)}>
              HTML
            </Button>
          </span>
        )}
      />
    </Suspense>
  );
}

type SourceProps = Omit<Props, "hasVariables"> & { onLeave: () => void };

function Source({ html, label, isReadOnly, onChange, onLeave }: SourceProps) {
  const isSimple = isPlainEnough(html);
  return (
    <div>
      <Textarea
        aria-label={`${label}, as HTML`}
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
            ? "As HTML. Scripts and styles that fetch are taken out when it is saved."
            : "It has tables, pictures or styles that the editor would lose, so it is shown as HTML."}
        </p>
        {isSimple && !isReadOnly && (
          <Button variant="subtle" size="compact-sm" onClick={onLeave}>
            Back to the editor
          </Button>
        )}
      </div>
    </div>
  );
}
