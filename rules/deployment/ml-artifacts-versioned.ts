import { cannotJudge, defineRule, fail, partial, pass } from "../../src/rule.ts";

export default defineRule({
  title: "A served model can be traced to data, code and parameters",
  severity: "medium",
  why: "When a model misbehaves, nobody can tell which data and code it came from, or go back to the one before it.",
  fix: "Register each model with what made it (MLflow, DVC, Weights & Biases, the cloud's registry) and keep its bytes out of git, or at least in Git LFS.",
  byHand: "which registry keeps the models is for people to say",
  references: [
    "https://dvc.org/doc/use-cases/versioning-data-and-models",
    "https://mlflow.org/docs/latest/ml/model-registry/",
  ],
  appliesTo: ["ml"],
  needs: ["modelArtifacts"],
  check({ modelArtifacts: { tracked, versioned } }) {
    const tools = versioned.map(({ path, line, tool }) => ({ path, line, found: `${tool} gives models versions.` }));
    const models = tracked.map(({ path }) => ({ path, found: "the model's bytes are in git, without what made it." }));
    if (models.length > 0) return tools.length > 0 ? partial(0.5, [...models, ...tools]) : fail(models);
    if (tools.length > 0) return pass(tools);
    return cannotJudge("no registry or tracker of models is declared, and which revisions the code loads is not read");
  },
  message: ({ found }) => found.charAt(0).toUpperCase() + found.slice(1),
  examples: {
    passes: {
      "requirements.txt": "torch\nmlflow\n",
      "train.py": "import mlflow\n",
    },
    fails: {
      "requirements.txt": "torch\n",
      "train.py": "import torch\n",
      "models/model_final_v2.pt": `${"0".repeat(5_000)}\n`,
    },
  },
});
