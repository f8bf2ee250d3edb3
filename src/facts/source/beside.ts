/** Programs beside the product: what they print or set up, the service does not. */
export const BESIDE =
  /(^|\/)(migrations|alembic|scripts?|tools?|dev|hack|bin|ci|management|notebooks?|sandbox)\/|(^|\/)(commands|cli|manage|setup|fabfile|noxfile|conf|export|import|seed|populate)\.py$/;

/** Settings of other places than production. */
export const NOT_PRODUCTION = /(^|[/_.-])(ci|tests?|testing|dev|develop|development|local|local_dev|docker_dev)\.py$/;
