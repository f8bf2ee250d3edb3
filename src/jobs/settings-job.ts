import type { RepositorySettings } from "../snapshot/settings.ts";
import type { Records } from "../store/records.ts";
import type { RequestedRepository } from "../webhooks/review-request.ts";

/** What was read of a repository's settings. */
export interface ReadSettings {
  readonly settings: RepositorySettings;
  /** How GitHub names the state of what was read, by part: what has not changed is not sent again. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What reading the settings of one repository needs. */
export interface SettingsPorts {
  readonly records: Pick<Records, "settings" | "rememberSettings">;
  /** @throws where GitHub fails; what it does not permit or show is a part that is not known */
  read(before: ReadSettings | undefined): Promise<ReadSettings>;
  now(): number;
}

/** Work that asks for the settings of a repository. */
export interface SettingsRequest {
  readonly repository: RequestedRepository;
}

/** Several pushes in a row tell nothing new of the settings. */
const FRESH_MS = 10 * 60_000;

/** Reads what GitHub tells of a repository beside its files, and keeps it for the reviews to come. */
export async function readRepositorySettings(
  { records, read, now }: SettingsPorts,
  { repository }: SettingsRequest,
): Promise<void> {
  const before = await records.settings(repository);
  const readAt = Date.parse(before?.settings.readAt ?? "");
  if (now() - readAt < FRESH_MS) return;
  await records.rememberSettings(repository, await read(before));
}
