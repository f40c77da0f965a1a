/**
 * Enrichment of a user's own topic: each record becomes one request, made from its fields by a
 * template, and leaves with the answer as one more field. Everything else of it stays, byte for
 * byte.
 *
 * <pre>
 *   RawRecord --> EnrichFunction --> perceive --> EnrichedFunction --> the user's output topic
 *                 fields, template,  (as every    the value again,
 *                 image              other)       the answer behind
 * </pre>
 *
 * <p>JSON: the answer is written behind the last member of the object; no other byte is touched, so
 * that numbers, order, escapes and blanks stay. Avro: the writer's schema with one more field,
 * {@code null} or the answer; the encoding of a record is that of its fields in turn, so that the
 * original bytes are followed by those of the answer.
 *
 * <p>Records of one Kafka key keep their order; records without a key keep that of their partition.
 * The request's seed comes from the record's position, {@code topic-partition@offset}, which is
 * also its id.
 *
 * <p>May use ingest's, perceive's and results' types, settings and connectors.
 */
package dev.moonflow.jobs.enrich;
