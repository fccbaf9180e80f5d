// Files that were dropped or chosen, at the paths that a repository of sequences has. A file out of its folder is placed by
// what it says.

export type FileText = { path: string; text: string };

const IN_FOLDER = /(?:^|\/)((?:sequences|schedules|rulesets|templates|fields)\/.+)$/;
const KNOWN = /\.(?:ya?ml|md|html)$/i;

/** Null where the file is none of a repository of sequences. */
export function isKnownFile(path: string) {
  const name = nameOf(path);
  return KNOWN.test(name) && !name.startsWith(".") && name !== "README.md";
}

export function placed(files: readonly FileText[]): FileText[] {
  const loose = files.filter(({ path }) => !IN_FOLDER.test(path));
  const sequences = loose.filter(({ path, text }) => isYaml(path) && folderOf(text) === "sequences");
  return files
    .map((file) => ({ path: IN_FOLDER.exec(file.path)?.[1] ?? placeOf(file, sequences), text: file.text }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function placeOf({ path, text }: FileText, sequences: readonly FileText[]) {
  const name = nameOf(path);
  if (!isYaml(path)) {
    if (/^---\n(?:.*\n)*?name:/.test(text)) return `templates/${name}`;
    const beside = sequences.find((one) => parentOf(one.path) === parentOf(path)) ?? sequences[0];
    return beside ? `sequences/${keyOf(beside)}/${name}` : name;
  }
  const folder = folderOf(text);
  if (folder !== "sequences") return `${folder}/${name}`;
  return /^ *(?:- )?mail:/m.test(text)
    ? `sequences/${keyOf({ path, text })}/sequence.yaml`
    : `sequences/${keyOf({ path, text })}.yaml`;
}

function folderOf(text: string) {
  if (/^(?:steps|key):/m.test(text)) return "sequences";
  if (/^(?:hours|time_zone):/m.test(text)) return "schedules";
  if (/^of:/m.test(text)) return "fields";
  if (/^(?:rules|stage_changes):/m.test(text)) return "rulesets";
  return "sequences";
}

function keyOf({ path, text }: FileText) {
  const key = /^key:\s*["']?([a-z0-9][a-z0-9-]*)/m.exec(text)?.[1];
  return key ?? nameOf(path).replace(/\.\w+$/, "");
}

function isYaml(path: string) {
  return /\.ya?ml$/i.test(path);
}

function nameOf(path: string) {
  return path.split("/").at(-1) ?? path;
}

function parentOf(path: string) {
  return path.split("/").slice(0, -1).join("/");
}
