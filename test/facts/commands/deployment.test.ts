import { describe, expect, test } from "@jest/globals";
import { deployedBy, deployedByAction } from "../../../src/facts/commands/deployment.ts";

describe("what a command deploys to", () => {
  test.each([
    ["terraform -chdir=infra apply -auto-approve", "the cloud", true],
    ["npx cdk deploy --all", "the cloud", true],
    ["npx -y aws-cdk@2 deploy", "the cloud", true],
    ["npx aws-cdk deploy", "the cloud", true],
    ["sam deploy --no-confirm-changeset", "AWS", true],
    ["aws cloudformation deploy --template-file t.yaml", "AWS", true],
    ["aws cloudformation deploy --no-execute-changeset", undefined, false],
    ["aws ecs update-service --force-new-deployment", "AWS", false],
    ["aws s3 ls", undefined, false],
    ["gcloud beta run deploy shop --image shop", "Google Cloud", false],
    ["gcloud app deploy", "Google Cloud", true],
    ["az deployment group create -f main.bicep", "Azure", true],
    ["az webapp up", "Azure", false],
    ["kubectl -n shop apply -f k8s", "Kubernetes", false],
    ["kubectl apply --dry-run=client -f k8s", undefined, false],
    ["helm upgrade --install shop chart", "Kubernetes", false],
    ["helm lint chart", undefined, false],
    ["git push https://git.heroku.com/shop.git main", "Heroku", false],
    ["git push origin main", undefined, false],
    ["docker stack deploy -c stack.yml shop", "its platform", false],
    ["ansible-playbook site.yml", "its hosts", false],
    ["ansible-playbook site.yml --check", undefined, false],
  ])("%s", (line, platform, makesResources) => {
    const [program = "", ...words] = line.split(" ");
    expect(deployedBy(program, words)).toEqual(platform && { platform, makesResources });
  });

  test("is soon told of a hostile line", () => {
    expect(deployedBy("az", ["webapp ".repeat(100_000)])).toBeUndefined();
  });
});

test.each([
  ["aws-actions/amazon-ecs-deploy-task-definition@v2", "AWS", false],
  ["google-github-actions/deploy-appengine@v3", "Google Cloud", true],
  ["azure/k8s-deploy@v5", "Kubernetes", false],
  ["appleboy/ssh-action@v1", "its hosts", false],
  ["superfly/flyctl-actions/setup-flyctl@v1", undefined, false],
  ["actions/checkout@v6", undefined, false],
])("an action that deploys: %s", (uses, platform, makesResources) => {
  expect(deployedByAction(uses)).toEqual(platform && { platform, makesResources });
});
