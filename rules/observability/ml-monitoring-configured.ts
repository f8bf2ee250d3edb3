import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Drift and quality of predictions are watched",
  severity: "medium",
  why: "A model gets worse without an error: the data moves away from what it learned, and every answer is still a 200.",
  fix: "Log inputs and predictions with an identifier by which labels are joined later, and compare them with the training data on a schedule (Evidently, whylogs, NannyML, the cloud's model monitor).",
  byHand: "which drift matters, and against which data, is for people to say",
  references: ["https://docs.evidentlyai.com/", "https://sre.google/workbook/data-processing/"],
  appliesTo: ["ml", "web-service"],
  needs: ["modelServing", "instrumentation", "operation", "profile"],
  check({ modelServing, instrumentation: { watches }, operation: { notRun }, profile }) {
    const { serves, loads, borrows, unread } = modelServing;
    if (notRun) return skip(notRun);
    const [watch] = watches.models;
    if (watch) return pass([{ ...watch, found: `${watch.by} watches the model.` }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    // A borrowed model beside much else is a feature; where there is nothing else it is the product.
    const [asked] = [...loads, ...(profile.id === "ml" ? borrows : [])];
    if (!asked) return skip("no model of its own is loaded here");
    if (!serves) return skip("nothing here serves the model");
    return fail([{ ...asked, found: "The model that is loaded here answers, and nothing watches drift or quality." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "fastapi\nuvicorn\nscikit-learn\nevidently\n",
      "shop/api.py":
        'import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load("price.joblib")\n',
    },
    fails: {
      "requirements.txt": "fastapi\nuvicorn\nscikit-learn\n",
      "shop/api.py":
        'import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load("price.joblib")\n',
    },
  },
});
