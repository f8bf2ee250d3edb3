import { dockerfiles } from "./dockerfiles.ts";
import { defineFact } from "./fact.ts";
import { workflows } from "./workflows.ts";

/** Formats of locks that an image or CI installs from. */
export type LockInstalls = ReadonlySet<string>;

const INSTALLS: readonly (readonly [command: RegExp, format: string])[] = [
  [/\buv\s+(sync|run|export)\b/, "uv"],
  [/\bpoetry\s+(install|sync|run|export)\b/, "poetry"],
  [/\bpdm\s+(install|sync|run|export)\b/, "pdm"],
  [/\bpipenv\s+(install|sync|run|requirements)\b/, "pipenv"],
];

/** Which managers install, as the commands of images and workflows show. */
export const lockInstalls = defineFact({
  uses: { dockerfiles, workflows },
  combine: ({ uses }): LockInstalls => {
    const inImages = uses.dockerfiles.files.flatMap(({ stages }) =>
      stages.flatMap(({ instructions }) => instructions.map(({ text }) => text)),
    );
    const inJobs = uses.workflows.files.flatMap(({ jobs }) =>
      jobs.flatMap(({ steps }) => steps.map(({ run }) => run?.text ?? "")),
    );
    const texts = [...inImages, ...inJobs];
    return new Set(INSTALLS.flatMap(([command, format]) => (texts.some((text) => command.test(text)) ? [format] : [])));
  },
});
