import { parseImageReference } from "./image-reference.ts";

/** The images that Docker Hub serves under a name without an owner. All of them start as root. */
const OFFICIAL = new Set(
  `adminer aerospike alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash bonita
  buildpack-deps busybox caddy cassandra centos chronograf cirros clearlinux clefos clickhouse clojure composer consul
  convertigo couchbase couchdb crate crux dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop
  elasticsearch elixir emqx erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy
  haproxy haskell haxe hello-world hipache hitch httpd hylang ibm-semeru-runtimes ibmjava influxdb irssi jetty joomla
  jruby julia kapacitor kibana kong krakend lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki
  memcached mongo mongo-express monica mono mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary
  odoo open-liberty openjdk oraclelinux orientdb percona perl photon php php-zendserver phpmyadmin plone postfixadmin
  postgres pypy python r-base rabbitmq rakudo-star redis redmine registry rethinkdb rocket.chat rockylinux ros ruby
  rust sapmachine satosa sl solr sonarqube spark spiped storm swift swipl teamspeak telegraf thrift tomcat tomee
  traefik ubuntu unit valkey vault varnish websphere-liberty wordpress xwiki yourls znc zookeeper almalinux`.split(
    /\s+/,
  ),
);
const MIRROR = /^(docker\.io|index\.docker\.io|registry\.hub\.docker\.com|public\.ecr\.aws\/docker|mirror\.gcr\.io)\//;

/** True for an official image of Docker Hub, from there or from a mirror. */
export function isOfficialImage(reference: string): boolean {
  const { registry, repository } = parseImageReference(reference.replace(MIRROR, "").replace(/^library\//, ""));
  return registry === undefined && OFFICIAL.has(repository);
}

/** True for a name without owner that no registry serves: it was built on this machine. */
export function isLocalImage(reference: string): boolean {
  const { registry, repository } = parseImageReference(reference);
  return registry === undefined && !repository.includes("/") && !OFFICIAL.has(repository);
}
