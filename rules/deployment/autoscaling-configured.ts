import { cannotJudge, defineRule, pass, shareOf, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Capacity follows the load",
  severity: "medium",
  why: "With a fixed number of instances, a peak of load is an outage, and every quiet hour is paid in full.",
  fix: "Add an autoscaler with a lower and an upper bound: a HorizontalPodAutoscaler on CPU at 70 % from 2 to 5 pods, or your platform's own.",
  byHand: "by which measure, and between which numbers of copies, is for people to say",
  references: ["https://kubernetes.io/docs/concepts/workloads/autoscaling/"],
  peers: ["kube-score horizontalpodautoscaler-has-target", "kube-linter hpa-minimum-three-replicas"],
  appliesTo: ["web-service", "worker", "ml"],
  scope: "repository",
  needs: ["autoscaling"],
  check({ autoscaling: { units, open, unread } }) {
    const fixed = units.filter(({ isScaled }) => !isScaled);
    const places = (fixed.length > 0 ? fixed : units.slice(0, 1)).map(({ path, line, says }) => ({
      path,
      line,
      found: says,
    }));
    if (fixed.length > 0) return shareOf(units.length - fixed.length, units.length, places);
    if (open) cannotJudge(open);
    if (units.length > 0) return pass(places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip("nothing here runs it on a platform that can scale it");
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: api, image: 'acme/shop:1.4.2', ports: [{containerPort: 8000}]}\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}\n  minReplicas: 2\n  maxReplicas: 5\n",
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
    fails: {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: api, image: 'acme/shop:1.4.2', ports: [{containerPort: 8000}]}\n",
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
  },
});
