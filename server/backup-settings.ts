// Settings of backups: the folder, the bucket for their copies, and the archive of the embedded database's WAL.

import { type Keep, readKeep } from "./domain/time/backup-keeping.ts";
import { isLoopback } from "./network-policy/addresses.ts";
import { type BucketSettings, readBucketAddress } from "./object-storage/address.ts";
import { absolute, BadConfiguration, type Get, list, whole } from "./setting-values.ts";

export type BackupSettings = {
  folder: string;
  /** Of UTC. */
  hour: number;
  keep: Keep;
  /** Public keys of age; without one, backups are not encrypted. */
  recipients: readonly string[];
  /** Where each is copied; null: nowhere. */
  bucket: BucketSettings | null;
};

/** `hour`: of UTC, when the daily base backup is made. */
export type WalArchiveSettings = { folder: string; keepDays: number; hour: number };

export function readBackup(get: Get): BackupSettings | null {
  const hour = whole("CADENZA_BACKUP_HOUR", get("CADENZA_BACKUP_HOUR"), 0, 23);
  const keepText = get("CADENZA_BACKUP_KEEP");
  const keep = readKeep(keepText);
  if (!keep)
    throw new BadConfiguration(
      `CADENZA_BACKUP_KEEP must be numbers of days, weeks and months such as 7d 4w 6m, not "${keepText}".`,
    );
  const recipients = backupRecipients(get("CADENZA_BACKUP_RECIPIENT"));
  const bucket = readBucket(get);
  const folder = get("CADENZA_BACKUP_DIR");
  if (bucket && !folder)
    throw new BadConfiguration(
      "CADENZA_BACKUP_S3_URL needs CADENZA_BACKUP_DIR: a backup is made and checked in that folder before it is copied.",
    );
  return folder ? { folder: absolute(folder), hour, keep, recipients, bucket } : null;
}

/** Neither the address nor the key is repeated: a secret may stand in the wrong place. */
export function readBucket(get: Get): BucketSettings | null {
  const text = get("CADENZA_BACKUP_S3_URL");
  const region = get("CADENZA_BACKUP_S3_REGION");
  const keyId = get("CADENZA_BACKUP_S3_KEY_ID");
  const secret = get("CADENZA_BACKUP_S3_SECRET");
  if (!text && !keyId && !secret) return null;
  const address = text ? readBucketAddress(text) : null;
  if (!address)
    throw new BadConfiguration(
      "CADENZA_BACKUP_S3_URL must be the address of a bucket such as https://s3.example.com/bucket or https://s3.example.com/bucket/prefix, without a key in it.",
    );
  if (!/^[\w-]{1,64}$/.test(region))
    throw new BadConfiguration(
      `CADENZA_BACKUP_S3_REGION must be the name of a region such as eu-central-1, not "${region}".`,
    );
  if (!/^[!-.0-~]{1,256}$/.test(keyId) || keyId.includes(","))
    throw new BadConfiguration("CADENZA_BACKUP_S3_KEY_ID must be the ID of the access key to the bucket.");
  if (!/^[!-~]{1,512}$/.test(secret))
    throw new BadConfiguration(
      "CADENZA_BACKUP_S3_SECRET must be the secret of the access key to the bucket.",
    );
  return { ...address, region, keyId, secret };
}

/** An outside server has an archive of its own. */
export function readWalArchive(get: Get): WalArchiveSettings | null {
  const keepDays = whole("CADENZA_WAL_KEEP_DAYS", get("CADENZA_WAL_KEEP_DAYS"), 1, 3650);
  const folder = get("CADENZA_WAL_DIR");
  if (!folder) return null;
  if (get("DATABASE_URL"))
    throw new BadConfiguration(
      "CADENZA_WAL_DIR is for the embedded database. With DATABASE_URL, archive the WAL on that server (docs/operate/point-in-time-recovery.md), and leave CADENZA_WAL_DIR empty.",
    );
  return {
    folder: absolute(folder),
    keepDays,
    hour: whole("CADENZA_BACKUP_HOUR", get("CADENZA_BACKUP_HOUR"), 0, 23),
  };
}

/** Whether each is a key that exists is checked at the start. A private key is not repeated. */
function backupRecipients(text: string) {
  const recipients = list(text);
  if (/AGE-SECRET-KEY-/i.test(text))
    throw new BadConfiguration(
      "CADENZA_BACKUP_RECIPIENT has a private key: name its public key (age1…), and keep the private one off this server.",
    );
  if (text && recipients.length === 0)
    throw new BadConfiguration(`CADENZA_BACKUP_RECIPIENT must be public keys of age, not "${text}".`);
  return recipients;
}

/** A backup holds all contacts, and the storage is another company's as a rule. */
export function readableCopies(env: NodeJS.ProcessEnv) {
  const url = URL.parse(env.CADENZA_BACKUP_S3_URL?.trim() ?? "");
  if (!url) return [];
  const isOwn = url.hostname === "localhost" || isLoopback(url.hostname.replace(/^\[|\]$/g, ""));
  return [
    ...(url.protocol === "http:" && !isOwn
      ? [
          "CADENZA_BACKUP_S3_URL begins with http: anyone on the way can read the copies of backups. Use https.",
        ]
      : []),
    ...(env.CADENZA_BACKUP_RECIPIENT?.trim()
      ? []
      : ["CADENZA_BACKUP_RECIPIENT is not set: backups are copied into the bucket unencrypted."]),
  ];
}
