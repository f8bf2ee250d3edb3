import type { Stage, Stages } from "./stages.ts";

/** The stages that an image is made of: its lineage, and those that it copies or mounts files from. */
export function stagesOf(shipped: Stage, { stages }: Stages): readonly Stage[] {
  const reached = new Set<Stage>();
  const waiting = [shipped];
  for (let stage = waiting.pop(); stage; stage = waiting.pop()) {
    if (reached.has(stage)) continue;
    reached.add(stage);
    const { base, instructions } = stage;
    const names = instructions.flatMap(({ flags }) => flags.flatMap(({ name, value }) => sourceOf(name, value)));
    const sources = names.map((name) => stages.find((one) => one.name === name.toLowerCase()) ?? stages[Number(name)]);
    const parent = base.kind === "stage" ? stages[base.index] : undefined;
    waiting.push(...[parent, ...sources].filter((one) => one !== undefined));
  }
  return stages.filter((stage) => reached.has(stage));
}

function sourceOf(flag: string, value: string): readonly string[] {
  if (flag === "from") return [value];
  return flag === "mount" ? (/(?:^|,)from=([^,]+)/.exec(value)?.slice(1) ?? []) : [];
}
