import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Data survives mistakes and outages",
  severity: "medium",
  why: "A wrong migration or a deleted instance takes all data with it where nothing keeps a copy.",
  fix: "Keep automatic backups for at least seven days (or turn on point-in-time recovery), and take a last snapshot of what is deleted.",
  byHand: "how long backups are kept, and where, is for people to say",
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
    "https://cloudnative-pg.io/documentation/current/backup/",
  ],
  peers: ["checkov CKV_AWS_133", "checkov CKV_AWS_28", "checkov CKV_GCP_14"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml", "automation"],
  scope: "repository",
  needs: ["dataStores"],
  check({ dataStores: { declared, plan, unread } }) {
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (declared.length === 0) return skip("nothing here declares a database");
    const places = (stores: typeof declared) =>
      stores.map(({ name, path, line, says }) => ({ path, line, found: `${name} ${says}.` }));
    const weak = declared.filter(({ backup }) => backup !== undefined && backup < 1);
    if (weak.length > 0 && plan) return pass([{ ...plan, found: "A plan of AWS Backup covers what it selects." }]);
    const known = declared.flatMap(({ backup }) => backup ?? []);
    if (weak.length === 0 && known.length < declared.length)
      cannotJudge(declared.find(({ backup }) => backup === undefined)?.says ?? "its backups are computed");
    if (weak.length === 0) return pass(places(declared));
    const value = known.reduce((sum, one) => sum + one, 0) / known.length;
    return value < 0.3 ? fail(places(weak)) : partial(value, places(weak));
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "infra/db.tf":
        'resource "aws_db_instance" "shop" {\n  engine                  = "postgres"\n  backup_retention_period = 14\n  deletion_protection     = true\n}\n',
      "manage.py": "",
      "requirements.txt": "django\n",
    },
    fails: {
      "infra/db.tf": 'resource "aws_db_instance" "shop" {\n  engine = "postgres"\n}\n',
      "manage.py": "",
      "requirements.txt": "django\n",
    },
  },
});
