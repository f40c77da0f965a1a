package dev.moonflow.jobs.cli.publish;

import dev.moonflow.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event on its way to Kafka.
 *
 * @param topic the topic by its role
 * @param key the event's source or stream
 * @param id the event's id
 * @param value the record
 */
public record OutgoingEvent(Topics topic, String key, String id, SpecificRecord value) {}
