// A text with elements inside:
// <Trans text="Read <link>the guide</link>, {name}." values={{ name }} tags={{ link: <Link to="/help" /> }} />

import { Children, cloneElement, Fragment, type ReactElement, type ReactNode } from "react";
import { messageOf } from "./t.ts";

type Inside = (inside: ReactNode) => ReactElement;

type Props = {
  text: string;
  values?: Readonly<Record<string, ReactNode>>;
  /** The element of each tag in the text: without what is inside it, or made from it. */
  tags?: Readonly<Record<string, ReactElement | Inside>>;
};

export function Trans({ text, values = {}, tags = {} }: Props) {
  const filled: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) filled[name] = isShown(value) ? value : "";
  for (const [name, element] of Object.entries(tags))
    filled[name] = (inside: ReactNode[]) => around(element, Children.toArray(inside));
  const parts = messageOf(text, false).format(filled as Record<string, ReactNode>);
  return <Fragment>{Children.toArray(parts as ReactNode)}</Fragment>;
}

function around(element: ReactElement | Inside, inside: ReactNode[]) {
  return typeof element === "function" ? element(inside) : cloneElement(element, undefined, ...inside);
}

const isShown = (value: ReactNode) => value !== null && value !== undefined && typeof value !== "boolean";
