import "@mantine/core/styles/Typography.css";
import "@mantine/tiptap/styles.css";
import { RichTextEditor } from "@mantine/tiptap";
import { Link } from "@tiptap/extension-link";
import { type Editor, useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./RichText.module.css";
import { markUnknown, markVariables } from "./variable-marks.ts";

type Props = {
  html: string;
  label: string;
  onChange: (html: string) => void;
  isReadOnly?: boolean;
  /** Names of variables that nothing fills. */
  unknown?: readonly string[];
  /** At the end of the toolbar. */
  tools?: (tool: RichTextTool) => ReactNode;
};

type RichTextTool = {
  /** Comes where the cursor was. */
  insert: (text: string) => void;
  /** The same, of marked up text; in place of the slash that asked for it. */
  insertHtml: (html: string) => void;
  /** Back to the text, where the cursor was; what was typed elsewhere meanwhile comes there. */
  resume: (typed: string) => void;
  /** How often a slash was typed where a word may begin. */
  slashes: number;
  /** Whether nothing was typed since: on a slow computer the next letter may come before what the slash opens. */
  isAsked: () => boolean;
};

/** Text with emphasis, lists and links, and nothing that mail programs do not show. */
export default function RichText({ html, label, onChange, isReadOnly = false, unknown, tools }: Props) {
  const told = useRef(html);
  const tell = useRef(onChange);
  tell.current = onChange;
  const slash = useRef<number | null>(null);
  const pause = useRef<number | undefined>(undefined);
  const [slashes, setSlashes] = useState(0);
  useEffect(() => () => clearTimeout(pause.current), []);
  const editor = useEditor({
    extensions: [
      StarterKit.configure({
        link: false,
        heading: false,
        codeBlock: false,
        code: false,
        horizontalRule: false,
        gapcursor: false, // there is nothing here that a cursor cannot stand in
      }),
      Link.configure({ openOnClick: false, autolink: true, defaultProtocol: "https" }),
      markVariables,
    ],
    content: html,
    editable: !isReadOnly,
    injectCSS: false, // its own are taken away with the last editor, also from one that is just being made
    editorProps: {
      attributes: { "aria-label": label, "aria-multiline": "true", role: "textbox" },
      handleTextInput: ({ state }, from, _to, text) => {
        slash.current = null;
        clearTimeout(pause.current);
        if (text === "/" && mayBegin(state.doc.textBetween(Math.max(0, from - 1), from, " ", " "))) {
          slash.current = from;
          pause.current = window.setTimeout(() => setSlashes((before) => before + 1), PAUSE_MS);
        }
        return false; // it is typed all the same
      },
      handleKeyDown: () => {
        clearTimeout(pause.current);
        return false;
      },
    },
    onUpdate: ({ editor: now }) => {
      told.current = mailHtml(now);
      tell.current(told.current);
    },
  });
  useEffect(() => {
    if (editor) markUnknown(editor, unknown ?? []);
  }, [editor, unknown]);
  useEffect(() => {
    if (html === told.current) return;
    told.current = html;
    editor?.commands.setContent(html, { emitUpdate: false }); // discarded, or saved and cleaned
  }, [html, editor]);
  const insert = (text: string) => editor?.chain().focus().insertContent(text).run();
  const insertHtml = (markedUp: string) => {
    if (!editor) return;
    const at = slash.current;
    slash.current = null;
    const chain = editor.chain().focus();
    const isThere =
      at !== null && at < editor.state.doc.content.size && editor.state.doc.textBetween(at, at + 1) === "/";
    (isThere ? chain.deleteRange({ from: at, to: at + 1 }) : chain).insertContent(markedUp).run();
  };
  const resume = (typed: string) => {
    if (!editor) return;
    editor.view.focus(); // at once, and where the cursor was: the command waits for a frame, and a key may come before it
    if (typed) editor.view.dispatch(editor.state.tr.insertText(typed));
  };
  return (
    <RichTextEditor editor={editor} classNames={classes}>
      {!isReadOnly && (
        <RichTextEditor.Toolbar>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Bold />
            <RichTextEditor.Italic />
            <RichTextEditor.Underline />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.BulletList />
            <RichTextEditor.OrderedList />
            <RichTextEditor.Blockquote />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Link />
            <RichTextEditor.Unlink />
          </RichTextEditor.ControlsGroup>
          {tools?.({ insert, insertHtml, resume, slashes, isAsked: () => slash.current !== null })}
        </RichTextEditor.Toolbar>
      )}
      <RichTextEditor.Content />
    </RichTextEditor>
  );
}

/** After a slash: who writes on ("5 / month") asks for nothing. */
const PAUSE_MS = 200;

/** Nothing or a space comes before it: in "and/or" a slash is a slash. */
const mayBegin = (before: string) => before.trim() === "";

/** An empty line has to hold something, or mail programs leave it out; and nothing at all is no paragraph. */
function mailHtml(editor: Editor) {
  return editor.isEmpty ? "" : editor.getHTML().replaceAll("<p></p>", "<p><br></p>");
}
