import type { Octokit } from "@octokit/rest";
import type { ReadSettings } from "../../jobs/settings-job.ts";
import { known, type Reading, type SettingName, unknown } from "../../snapshot/settings.ts";
import { NotPermitted } from "../failures.ts";

/** One part of the settings: where it is asked for, and what its answer says. */
export interface Part<Value> {
  /** As GitHub's description writes it: `GET /repos/{owner}/{repo}/environments`. */
  readonly route: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly permission: string;
  read(data: unknown): Value | undefined;
  /** What a refusal says, where it says something; GitHub has many words for "it is off". */
  refused?(status: number, message: string): Reading<Value> | undefined;
}

const NOT_OFFERED = /upgrade to github|make this repository public|not available (for|on) (your|this) (plan|account)/i;

/** Asks for parts one after the other, each only where it is permitted, and again only where it has changed. */
export class Asking {
  readonly #octokit: Octokit;
  readonly #here: { readonly owner: string; readonly repo: string };
  readonly #granted: Readonly<Record<string, string>>;
  readonly #before: ReadSettings | undefined;
  /** How GitHub names the state of what was read, by part. */
  readonly tags: Record<string, string> = {};

  constructor(
    octokit: Octokit,
    here: { readonly owner: string; readonly repo: string },
    granted: Readonly<Record<string, string>>,
    before: ReadSettings | undefined,
  ) {
    this.#octokit = octokit;
    this.#here = here;
    this.#granted = granted;
    this.#before = before;
  }

  holds(permission: string): boolean {
    return permission in this.#granted;
  }

  /** @throws where GitHub fails: what is not answered is not unknown, it is asked again */
  async part<Value>(name: SettingName, asked: Part<Value>): Promise<Reading<Value>> {
    const { route, parameters, permission, read } = asked;
    if (!this.holds(permission)) return lacking(permission);
    const before = this.#before?.settings[name] as Reading<Value> | undefined;
    const tag = before?.known ? this.#before?.tags[name] : undefined;
    try {
      const { data, headers } = await this.#octokit.request(route, {
        ...this.#here,
        ...parameters,
        headers: tag === undefined ? {} : { "if-none-match": tag },
      });
      if (headers.etag) this.tags[name] = headers.etag;
      const value = read(data);
      return value === undefined ? lacking("administration") : known(value);
    } catch (error) {
      const { status, message } = error as { readonly status?: number; readonly message: string };
      if (status === 304 && before && tag !== undefined) {
        this.tags[name] = tag;
        return before;
      }
      return refusal(error, status, message, asked);
    }
  }

  /** Every page of a list. */
  async list<Item>(asked: Part<never>): Promise<Reading<readonly Item[]>> {
    const { route, parameters, permission } = asked;
    if (!this.holds(permission)) return lacking(permission);
    try {
      const items = await this.#octokit.paginate(route, { ...this.#here, ...parameters, per_page: 100 });
      return known(items as readonly Item[]);
    } catch (error) {
      const { status, message } = error as { readonly status?: number; readonly message: string };
      return refusal(error, status, message, asked);
    }
  }
}

function lacking(permission: string): Reading<never> {
  return unknown(`it needs the permission ${permission}: read`);
}

/** What a refusal means for the part. @throws the error, where it is none */
function refusal<Value>(
  error: unknown,
  status: number | undefined,
  message: string,
  { permission, refused }: Part<Value>,
): Reading<Value> {
  if (status === undefined) throw error;
  if (status === 403 && NOT_OFFERED.test(message))
    return { known: false, reason: "GitHub does not offer it on this plan", isNotOffered: true };
  if (error instanceof NotPermitted) return lacking(permission);
  const told = refused?.(status, message);
  if (told) return told;
  if (status === 403 || status === 404 || status === 410 || status === 422) return unknown("GitHub does not show it");
  throw error;
}
