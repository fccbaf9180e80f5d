// What stops the archive or a recovery, each as one sentence for the operator.

/** A recovery does not happen. Nothing was changed. */
export class CannotRecover extends Error {}

/** The archive has this segment with another content, so another database writes to the same archive. */
export class DifferentSegment extends Error {
  constructor(path: string) {
    super(
      `The archive has a different file ${path} already, so a copy of this database writes to the same folder. ` +
        "Stop the copy, or set CADENZA_WAL_DIR to another folder.",
    );
  }
}

/** The archive was here, and now its folder is gone. */
export class ArchiveIsGone extends Error {
  constructor(root: string) {
    super(
      `The folder ${root} is gone, though this database was archived there: is its disk mounted? ` +
        "If you deleted it on purpose, create it again as an empty folder.",
    );
  }
}

export class DamagedBase extends Error {}

const WORDS: Record<string, string> = {
  ENOSPC: "The disk of the WAL archive is full.",
  EDQUOT: "The disk space that this user may use for the WAL archive is full.",
  ENOENT: "The folder of the WAL archive does not exist.",
  ENOTDIR: "The folder of the WAL archive is a file.",
  EACCES: "Cadenza may not write to the folder of the WAL archive.",
  EPERM: "Cadenza may not write to the folder of the WAL archive.",
  EROFS: "The WAL archive is on a read-only disk.",
  EIO: "The disk of the WAL archive cannot be read or written.",
};

export function whyNotArchived(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof DifferentSegment || error instanceof ArchiveIsGone) return error.message;
  return WORDS[code ?? ""] ?? `${message ?? "An unknown error."} The server log has the details.`;
}
