import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** The value at most where a service may be used without limit. */
const OF_SERVICE = 0.5;

export default defineRule({
  title: "Functions have bounded time, memory and rights",
  severity: "medium",
  why: "A default that nobody chose cuts work off or bills for hanging; a permission of everything makes one bug in one function a breach of the account.",
  fix: "Set the timeout and memory of each function, give asynchronous ones a dead-letter queue, and allow only the actions and resources that it uses.",
  byHand: "limits come from what the function is measured to need, and rights from what it calls",
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html",
    "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-templates.html",
  ],
  peers: ["checkov CKV_AWS_115", "checkov CKV_AWS_116", "checkov CKV_AWS_63"],
  appliesTo: ["serverless"],
  scope: "repository",
  needs: ["functions"],
  check({ functions: { declared, wildcards, program, unread } }) {
    const grants = wildcards.map(({ path, line, says }) => ({ path, line, found: says }));
    if (wildcards.some(({ ofAll }) => ofAll)) return fail(grants);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (declared.length === 0 && program) cannotJudge(`${program} stands for a program that declares the functions`);
    if (declared.length === 0) return skip("nothing here declares the functions");
    const judged = declared.map(({ name, path, line, hasTimeout, hasMemory, handlesFailure }) => {
      const bounds = [
        { is: hasTimeout, says: "timeout" },
        { is: hasMemory, says: "memory" },
        { is: handlesFailure, says: "place for failed events" },
      ].filter(({ is }) => is !== undefined);
      const missing = bounds.filter(({ is }) => !is).map(({ says }) => says);
      return {
        place: { path, line, found: `${name} sets no ${missing.join(", no ")}.` },
        value: 1 - missing.length / bounds.length,
      };
    });
    const unbounded = judged.filter(({ value }) => value < 1).map(({ place }) => place);
    const offenders = [...grants, ...unbounded];
    if (offenders.length === 0)
      return pass(declared.map(({ path, line }) => ({ path, line, found: "It is bounded." })));
    const mean = judged.reduce((sum, one) => sum + one.value, 0) / judged.length;
    const value = grants.length > 0 ? Math.min(mean, OF_SERVICE) : mean;
    return value < 0.3 ? fail(offenders) : partial(value, offenders);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "template.yaml":
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: python3.14\n      Timeout: 10\n      MemorySize: 256\n      Policies:\n        - DynamoDBCrudPolicy:\n            TableName: !Ref Table\n",
      "orders/app.py": "",
    },
    fails: {
      "template.yaml":
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: python3.14\n      Handler: app.handler\n",
      "orders/app.py": "",
    },
  },
});
