import { cloudTemplates } from "./cloud-templates.ts";
import { kubernetesStores } from "./data-stores/kubernetes.ts";
import type { DataStore } from "./data-stores/model.ts";
import { templateStores } from "./data-stores/templates.ts";
import { terraformStores } from "./data-stores/terraform.ts";
import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { terraform } from "./terraform.ts";
import { isAuxiliary } from "./tree.ts";

export interface DataStores {
  readonly declared: readonly DataStore[];
  /** A plan of AWS Backup, which chooses by tags what it backs up. */
  readonly plan: { readonly path: string; readonly line: number } | undefined;
  readonly unread: readonly UnreadFile[];
}

/** A document or script about backups or restoring. */
const isProcedure = globsAnyCase(
  "**/*{backup,restore,restoring,disaster-recovery,disaster_recovery}*.{md,rst,adoc,sh}",
);

/** The databases that infrastructure declares, and how they are backed up. */
export const dataStores = defineFact({
  spans: "repository",
  uses: { cloudTemplates, kubernetes, terraform },
  combine: ({ tree, uses }): DataStores => {
    const plans = [
      ...uses.terraform.modules.flatMap(({ blocks }) => blocks.filter(({ labels }) => labels[0] === "aws_backup_plan")),
      ...uses.cloudTemplates.templates.flatMap(({ path, resources }) =>
        resources.filter(({ type }) => type === "AWS::Backup::BackupPlan").map(({ line }) => ({ path, line })),
      ),
    ];
    const procedure = tree.paths.find(
      (path) => isProcedure(path) && tree.isFirstParty(path) && (!isAuxiliary(path) || /^docs?\//.test(path)),
    );
    return {
      declared: [
        ...uses.terraform.modules.flatMap(terraformStores),
        ...uses.cloudTemplates.templates.flatMap(templateStores),
        ...kubernetesStores(uses.kubernetes, procedure),
      ],
      plan: plans.map(({ path, line }) => ({ path, line }))[0],
      unread: uses.terraform.unread,
    };
  },
});
