// Whether a text in the source of the screen is read by people: by what it looks like and by where it is used.

export type Node = {
  type: string;
  start: number;
  value?: unknown;
  name?: unknown;
  callee?: Node & { name?: string };
  arguments?: Node[];
  [key: string]: unknown;
};

/** A node above, and the property of it that leads down. */
export type Place = { node: Node; key: string };

/** Properties and attributes that no one reads. */
const CODE = new Set(
  "className style styles classNames id key type to href path queryKey role variant color size timeZone locale month day year hour minute second weekday timeZoneName dateStyle timeStyle format accept method d viewBox letter code also src rel target autoComplete inputMode position align justify display gap w h component transition field sortBy dir mode scope valueFormat htmlFor dataKey stroke fill tag testid icon layout replace hourCycle numeric defaultProtocol fontFamily fontFamilyMonospace".split(
    " ",
  ),
);

/** Properties and attributes that people read: here a single word in small letters counts as a text. */
const READ =
  /^(?:label|title|placeholder|description|note|message|says|say|word|words|hint|help|empty|heading|tooltip|caption|one|many|verb|aria-label|alt|none|question|confirm)$/;

const CODE_CALLS =
  /^(?:querySelector(?:All)?|(?:add|remove)EventListener|[gs]etItem|removeItem|includes|startsWith|endsWith|indexOf|split|replace|replaceAll|match|matchAll|has|get|set|delete|append|matchMedia|createElement|[gs]etAttribute|removeAttribute|closest|test|exec|log|warn|error|info|setProperty|localeCompare|invalidateQueries|lazyRouteComponent|fetch|execCommand|supportedValuesOf|execute|is|hasOwn)$/;
const CODE_CLASSES = /Error$|^(?:RegExp|Set|Refused|Blob|URL|Event|CustomEvent|Date)$/;
const CODE_TAGS = /^(?:code|kbd|pre|samp|style|script|Hint|Key)$/;
const COMPARISONS = new Set(["===", "!==", "==", "!=", "in", "<", ">"]);

/** The text, if people read it. */
export function isForReaders(node: Node, above: readonly Place[]): string | null {
  const text = textOf(node);
  if (text === null || !/\p{L}/u.test(text) || isCode(node, above)) return null;
  if (node.type === "JSXText") return /\p{L}{2,}/u.test(text) ? text.trim() : null;
  const isRead =
    looksLikeWords(text) || (isReadPlace(above) && /^[\s(,.]*\p{L}[\p{L}'’-]+[\s.,:)…]*$/u.test(text));
  return isRead ? text : null;
}

function textOf(node: Node): string | null {
  if (node.type === "JSXText") return String(node.value).replaceAll("&nbsp;", " ");
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral") return null;
  return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join("…");
}

function looksLikeWords(text: string) {
  const said = text.trim();
  if (/^(?:https?:|mailto:|[/#@&<]|\.{1,2}\/|--|\{\{|[a-z]+:\/\/)/.test(said)) return false;
  if (
    /var\(--|(?:calc|min|minmax)\(|^\((?:max|min)-width|\d(?:px|rem|fr|em|%)(?:\s|$)|\bsolid\b|[?&]\w*=/.test(
      said,
    )
  )
    return false;
  if (/^[\w.\-:/+*@…]+$/u.test(said) && !/^[A-Z][a-z]+[.:!?…]?$/.test(said)) return false;
  return (
    /\p{L}[^\s]*\s+[^\s]*\p{L}/u.test(said) ||
    /^[^\p{L}]*\p{Lu}\p{Ll}/u.test(said) ||
    /\p{L}{2,}[.,:;!?…]\s*$/u.test(said)
  );
}

function isReadPlace(above: readonly Place[]) {
  for (const { node, key } of above) {
    if (node.type === "ConditionalExpression" && key !== "test") continue;
    if (node.type === "LogicalExpression" && key === "right") continue;
    if (node.type === "JSXExpressionContainer" || node.type === "ParenthesizedExpression") continue;
    if (node.type === "JSXElement" || node.type === "JSXFragment") return true;
    return (node.type === "JSXAttribute" || node.type === "Property") && READ.test(keyOf(node));
  }
  return false;
}

const keyOf = (node: Node) => {
  const key = (node.type === "JSXAttribute" ? node.name : node.key) as Node;
  return String(key.name ?? key.value ?? "");
};

const calledOf = ({ callee }: Node) =>
  String((callee?.property as Node | undefined)?.name ?? callee?.name ?? "");

function isCode(node: Node, above: readonly Place[]) {
  return above.some((place, at) => isCodePlace(place, above[at - 1]?.node ?? node));
}

function isCodePlace({ node, key }: Place, below: Node): boolean {
  switch (node.type) {
    case "ImportDeclaration":
    case "ImportExpression":
    case "ExportNamedDeclaration":
      return key === "source";
    case "SwitchCase":
      return key === "test";
    case "MemberExpression":
      return key === "property";
    case "AssignmentExpression":
      return key === "right" && CODE.has(String((node.left as { property?: Node }).property?.name));
    case "BinaryExpression":
      return COMPARISONS.has(String(node.operator));
    case "Property":
      return key === "key" || CODE.has(keyOf(node));
    case "JSXAttribute":
      return key === "name" || CODE.has(keyOf(node)) || keyOf(node).startsWith("data-");
    case "NewExpression":
      return CODE_CLASSES.test(calledOf(node));
    case "CallExpression":
      return key === "arguments" && isCodeCall(node, below);
    case "TaggedTemplateExpression":
    case "ThrowStatement":
      return true;
    case "JSXElement":
      return CODE_TAGS.test(String(((node.openingElement as Node).name as Node).name ?? ""));
    case "JSXOpeningElement":
      return ((node.name as Node).name as string) === "Trans" && (below.name as Node)?.name === "text";
    default:
      return false;
  }
}

function isCodeCall(node: Node, argument: Node) {
  if (argument.type === "ArrowFunctionExpression") return false;
  if (calledOf(node) === "t") return argument === node.arguments?.[0];
  const object = (node.callee?.object as Node | undefined)?.name;
  return CODE_CALLS.test(calledOf(node)) || object === "Intl" || object === "console";
}
